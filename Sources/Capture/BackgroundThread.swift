import CMachine
import Glibc

/// A thread of our own in the profiled program. All signals are blocked there: they are the program's.
public final class BackgroundThread: @unchecked Sendable {
    // `stopFlag` is only used through acquire and release; the rest is set before the thread starts.
    private let stopFlag = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    private let body: (BackgroundThread) -> Void
    private var thread = pthread_t()
    private let stopSignal = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    /// Starts `body` on a thread of its own; `nil` where the system has none left.
    public init?(_ body: @escaping (BackgroundThread) -> Void) {
        stopFlag.initialize(to: 0)
        sem_init(stopSignal, 0, 0)
        self.body = body
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        guard pthread_create(&thread, nil, runBody, Unmanaged.passRetained(self).toOpaque()) == 0 else { return nil }
    }

    public var isStopped: Bool { machine_load_acquire(stopFlag) != 0 }

    /// Sleeps, on the thread itself; a stop wakes it at once.
    public func sleep(nanoseconds: Int) {
        var until = timespec()
        clock_gettime(CLOCK_REALTIME, &until)
        until.tv_nsec += nanoseconds
        until.tv_sec += until.tv_nsec / 1_000_000_000
        until.tv_nsec %= 1_000_000_000
        _ = sem_timedwait(stopSignal, &until)
    }

    /// Asks the thread to end and waits until it has.
    public func stopAndWait() {
        machine_store_release(stopFlag, 1)
        sem_post(stopSignal)
        pthread_join(thread, nil)
    }

    fileprivate func run() { body(self) }
}

private func runBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    machine_wake_precisely()
    machine_name_thread("swprof")
    Unmanaged<BackgroundThread>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
