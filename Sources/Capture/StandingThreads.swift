/// Threads that stand where the log has them already: of these a tick tells no more than their numbers.
///
/// A writer and a reader that see the same ticks know the same stacks.
struct StandingThreads {
    private struct Seen: Equatable {
        var stack: UInt32
        var task: UInt32
        var holdsLock: Bool?

        init(_ sample: ThreadSample) {
            (stack, task, holdsLock) = (sample.stack, sample.task, sample.holdsLock)
        }
    }

    /// Of the last sample of each thread, where that was valid.
    private var seen: [UInt32: Seen] = [:]

    /// Takes the samples out of a record that tell nothing new.
    mutating func takeOut(of record: inout TickRecord) {
        guard record.threads.count > 1 else { return note(record) }
        let standing = record.threads.filter {
            $0.outcome == .valid && $0.cpu == 0 && !$0.isRunning && seen[$0.thread] == Seen($0)
        }
        note(record)
        guard let instant = standing.map({ $0.instant }).min(), standing.count > 1 else { return }
        let threads = Set(standing.map { $0.thread })
        record.threads.removeAll { threads.contains($0.thread) }
        record.standing = TickRecord.Standing(instant: instant, ranges: Self.ranges(threads.sorted()))
    }

    /// Puts them back in, in the order of the threads' numbers.
    mutating func putBack(into record: inout TickRecord) {
        guard let standing = record.standing else { return note(record) }
        for range in standing.ranges {
            for thread in known(in: range) {
                guard let last = seen[thread] else { continue }
                record.threads.append(
                    ThreadSample(
                        thread: thread, outcome: .valid, stack: last.stack, cpu: 0, instant: standing.instant,
                        task: last.task, holdsLock: last.holdsLock))
            }
        }
        record.threads.sort { $0.thread < $1.thread }
        record.standing = nil
        note(record)
    }

    /// A record that did not come into the log leaves a reader behind.
    mutating func forget() { seen = [:] }

    private mutating func note(_ record: TickRecord) {
        for sample in record.threads { seen[sample.thread] = sample.outcome == .valid ? Seen(sample) : nil }
    }

    private func known(in range: ClosedRange<UInt32>) -> [UInt32] {
        range.count <= seen.count ? range.filter { seen[$0] != nil } : seen.keys.filter(range.contains)
    }

    private static func ranges(_ threads: [UInt32]) -> [ClosedRange<UInt32>] {
        var ranges: [ClosedRange<UInt32>] = []
        for thread in threads {
            if let last = ranges.last, last.upperBound &+ 1 == thread {
                ranges[ranges.count - 1] = last.lowerBound...thread
            } else {
                ranges.append(thread...thread)
            }
        }
        return ranges
    }
}
