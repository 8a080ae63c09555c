import Capture
import ProfileModel

/// Holds the last ticks of a growing log back until threads that have not answered do, and makes of each what was seen at it.
///
/// A thread that has not answered for long is lost: the ticks that it holds back are not to grow old.
struct WatchedTicks {
    private var open: [TickRecord] = []
    private var threads: Set<UInt32>?

    /// Nanoseconds after which an answer is not waited for.
    private static let patience: Int64 = 500_000_000

    mutating func add(_ tick: TickRecord) { open.append(tick) }

    mutating func take(_ answer: LateAnswer) {
        // One that found no room in the log is not there.
        guard let at = open.firstIndex(where: { $0.number == answer.tick }),
            let thread = open[at].threads.firstIndex(where: { $0.thread == answer.thread && $0.outcome == .missed })
        else { return }
        open[at].threads[thread].outcome = answer.outcome
        open[at].threads[thread].stack = answer.stack
    }

    /// Those that can be told of, in order.
    ///
    /// - Parameter isEnded: whether no answer will come.
    mutating func ready(isEnded: Bool) -> ArraySlice<TickRecord> {
        guard let last = open.last else { return [] }
        let count = isEnded ? open.count : open.prefix { Self.isSettled($0, now: last.due) }.count
        defer { open.removeFirst(count) }
        return open.prefix(count)
    }

    private static func isSettled(_ tick: TickRecord, now: Int64) -> Bool {
        now - tick.due > patience || !tick.threads.contains { $0.outcome == .missed }
    }

    /// - Parameters:
    ///   - isCPU: whether only running threads count.
    ///   - seen: the place of a sample in the profile; `nil` where it has none.
    mutating func tick(
        _ record: TickRecord, isCPU: Bool, _ seen: (ThreadSample) -> WatchedTick.Seen?
    ) -> WatchedTick {
        var tick = WatchedTick(seen: [])
        for sample in record.threads {
            if sample.outcome == .valid, let stack = seen(sample) {
                if !isCPU || sample.isRunning { tick.seen.append(stack) }
            } else {
                tick.lost += 1
            }
        }
        // Nobody looked: all threads that there were are lost.
        guard !record.threads.isEmpty else { return WatchedTick(seen: [], lost: max(1, threads?.count ?? 1)) }
        let now = Set(record.threads.map(\.thread))
        tick.edges = threads.map { $0.symmetricDifference(now).count } ?? 0
        threads = now
        return tick
    }
}
