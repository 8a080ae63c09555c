import Capture
import Glibc

/// One stack of each thread of another process, as a capture log of one tick.
public enum RemoteDump {
    /// How often a thread is looked at until its stack is whole, and how long it is let run in between, in microseconds.
    private static let looks = 200
    private static let pause: UInt32 = 500

    /// Writes the log.
    public static func write(_ settings: SessionSettings) throws(SessionError) {
        try Session.write(settings) { (target, log) in
            let kernel = TargetThreads(of: target.process)
            var look = RemoteLook(target)
            var interning = StackInterning(log: log, name: CodeNaming(walk: target.walk).record)
            var record = TickRecord(number: 0, due: 0, taken: 1, isProbe: false, threads: [])
            for (index, thread) in target.list.threads().enumerated() {
                guard let state = kernel.state(of: thread.id) else { continue }
                let now = KernelClock.now()
                log.append(.thread(ThreadRecord(index: UInt32(index), id: thread.id, begin: now, end: now, cpu: 0)))
                var sample = ThreadSample(
                    thread: UInt32(index), outcome: .failed, stack: 0, cpu: 0, instant: now, isRunning: state.isRunnable
                )
                if let depth = depth(of: thread.state, &look) {
                    sample.outcome = .valid
                    sample.stack = interning.intern(look.room.stack(depth: depth), slot: index)
                }
                record.threads.append(sample)
            }
            log.append(.tick(record))
        }
    }

    private static func depth(of state: UInt, _ look: inout RemoteLook) -> Int? {
        var guess = RemoteLook.Guess()
        for _ in 0..<looks {
            switch look.look(at: state, &guess) {
            case .stack(let depth): return depth
            case .gone: return nil
            case .torn: usleep(pause)
            }
        }
        return nil
    }
}
