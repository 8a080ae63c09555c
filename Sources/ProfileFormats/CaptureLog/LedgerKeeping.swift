import Capture
import ProfileModel

/// Accounts for every tick of a sampler's capture log.
struct LedgerKeeping {
    private(set) var entries = Ledger()
    private let interval: Double
    private var gaps: [Double] = []
    private var lastInstant: Int64?

    /// - Parameter interval: the mean gap in nanoseconds.
    init(interval: Double) { self.interval = interval }

    /// A tick is taken where any thread's stack was seen, failed where one was looked at in vain, else missed.
    mutating func enter(_ tick: TickRecord) {
        entries.due += 1
        let valid = tick.threads.lazy.filter { $0.outcome == .valid }
        if let first = valid.map(\.instant).min() {
            let seen = valid.count
            entries.taken += 1
            entries.threadSamples += seen
            entries.threadSamplesLost += tick.threads.count - seen
            if Double(tick.taken - tick.due) > interval / 2 { entries.late += 1 }
            if let last = lastInstant { gaps.append(Double(first - last)) }
            lastInstant = first
        } else if tick.threads.contains(where: { $0.outcome == .failed }) {
            entries.failed += 1
        } else {
            entries.missed += 1
        }
    }

    /// The account, with the gaps that were realised.
    var ledger: Ledger {
        var ledger = entries
        let sorted = gaps.sorted()
        guard let longest = sorted.last else { return ledger }
        ledger.gaps.mean = sorted.reduce(0, +) / Double(sorted.count)
        ledger.gaps.median = sorted[sorted.count / 2]
        ledger.gaps.p95 = sorted[min(sorted.count - 1, sorted.count * 95 / 100)]
        ledger.gaps.longest = longest
        return ledger
    }
}
