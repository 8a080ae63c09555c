import Capture
import ProfileModel

/// Accounts for every tick of a sampler's capture log.
struct LedgerKeeping {
    private(set) var entries = Ledger()
    private let interval: Double
    private let start: Int64
    private var gaps: [Double] = []
    private var lastInstant: Int64?

    private var lateBy: [TickReason: Int] = [:]
    private var lostBy: [TickReason: Int] = [:]

    /// - Parameters:
    ///   - interval: the mean gap in nanoseconds.
    ///   - start: when the run began, in nanoseconds on the monotonic clock.
    init(interval: Double, start: Int64) {
        self.interval = interval
        self.start = start
    }

    /// A tick is taken where any thread's stack was seen, failed where one was looked at in vain, else missed.
    mutating func enter(_ tick: TickRecord) {
        entries.due += 1
        let valid = tick.threads.lazy.filter { $0.outcome == .valid }
        if let first = valid.map(\.instant).min() {
            let seen = valid.count
            entries.taken += 1
            entries.threadSamples += seen
            entries.threadSamplesLost += tick.threads.count - seen
            noteLateness(tick, seen: first)
            if let last = lastInstant { gaps.append(Double(first - last)) }
            lastInstant = first
        } else if tick.threads.contains(where: { $0.outcome == .failed }) {
            entries.failed += 1
            lostBy[.unverified, default: 0] += 1
        } else {
            entries.missed += 1
            lostBy[Self.reason(tick), default: 0] += 1
        }
    }

    private mutating func noteLateness(_ tick: TickRecord, seen: Int64) {
        let isSamplers = Double(tick.taken - tick.due) > interval / 2
        guard isSamplers || Double(seen - start - tick.due) > interval / 2 else { return }
        entries.late += 1
        lateBy[isSamplers ? .sampler : .pending, default: 0] += 1
    }

    private static func reason(_ tick: TickRecord) -> TickReason {
        if tick.threads.contains(where: { $0.outcome == .moved }) { return .blocked }
        return tick.threads.contains { $0.outcome == .missed } ? .unanswered : .sampler
    }

    /// The account, with the gaps that were realised.
    var ledger: Ledger {
        var ledger = entries
        ledger.lateBy = lateBy
        ledger.lostBy = lostBy
        let sorted = gaps.sorted()
        guard let longest = sorted.last else { return ledger }
        ledger.gaps.mean = sorted.reduce(0, +) / Double(sorted.count)
        ledger.gaps.median = sorted[sorted.count / 2]
        ledger.gaps.p95 = sorted[min(sorted.count - 1, sorted.count * 95 / 100)]
        ledger.gaps.longest = longest
        return ledger
    }
}
