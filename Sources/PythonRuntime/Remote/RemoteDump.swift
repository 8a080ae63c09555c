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
            var look = RemoteLook(target, kernel)
            var interning = StackInterning(log: log, name: CodeNaming(walk: target.walk).record)
            var record = TickRecord(number: 0, due: 0, taken: 1, isProbe: false, threads: [])
            for thread in target.list.threads() {
                guard var sample = sample(of: thread.id, UInt32(record.threads.count), kernel, log) else { continue }
                if let depth = depth(of: thread, &look) {
                    sample.outcome = .valid
                    sample.stack = interning.intern(look.room.stack(depth: depth), slot: record.threads.count)
                }
                record.threads.append(sample)
            }
            look.end()
            log.append(.tick(record))
        }
    }

    /// A thread's sample without a stack, once the log has been told of the thread; `nil` where it has gone.
    private static func sample(
        of thread: Int32, _ index: UInt32, _ kernel: TargetThreads, _ log: LogWriter
    ) -> ThreadSample? {
        guard let state = kernel.state(of: thread) else { return nil }
        let now = KernelClock.now()
        log.append(.thread(ThreadRecord(index: index, id: thread, begin: now, end: now, cpu: 0)))
        return ThreadSample(
            thread: index, outcome: .failed, stack: 0, cpu: 0, instant: now, isRunning: state.isRunnable)
    }

    private static func depth(of thread: (id: Int32, state: UInt), _ look: inout RemoteLook) -> Int? {
        for _ in 0..<looks {
            switch look.look(at: thread.state, of: thread.id) {
            case .stack(let depth, _): return depth
            case .gone: return nil
            case .changing, .ranOn: usleep(pause)
            }
        }
        return nil
    }
}
