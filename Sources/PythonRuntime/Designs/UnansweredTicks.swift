import Capture

/// Ticks that a thread was asked about and has not answered yet.
///
/// Its next answer is the answer to all of them, unless it ran on meanwhile, as a thread does that blocks the signal.
/// So what it executes is read from outside while it owes an answer: where that is not what the answer shows, the thread
/// has moved, and the tick is lost. A thread that blocks the signal and is at the same instruction at both times is
/// believed, for then the answer is right.
struct UnansweredTicks {
    private struct Tick {
        var number: UInt64
        /// What the thread was executing at one or two instants since it was asked.
        var leaves: [FrameLeaf]
    }

    private var ticks: [Tick] = []

    /// A thread that blocks the signal for good answers never: older ticks than so many are given up.
    private static let most = 4096

    mutating func add(_ numbers: ClosedRange<UInt64>, _ leaves: [FrameLeaf]) {
        if ticks.count >= Self.most { ticks.removeFirst(Self.most / 2) }
        for number in numbers { ticks.append(Tick(number: number, leaves: leaves)) }
    }

    /// - Parameter leaves: what the thread may have shown to be executing, as it answers.
    func answers(with sample: ThreadSample, leaves: [FrameLeaf]) -> [LateAnswer] {
        ticks.map { tick in
            let hasMoved = sample.outcome == .valid && tick.leaves.contains { !leaves.contains($0) }
            return LateAnswer(
                tick: tick.number, thread: sample.thread, outcome: hasMoved ? .moved : sample.outcome,
                stack: hasMoved ? 0 : sample.stack, instant: sample.instant,
                task: hasMoved ? TaskNames.none : sample.task, holdsLock: hasMoved ? nil : sample.holdsLock)
        }
    }
}
