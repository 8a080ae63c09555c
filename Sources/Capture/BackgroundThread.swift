import CMachine
import Glibc

/// A thread of our own in the profiled program. All signals are blocked there: they are the program's.
public final class BackgroundThread: @unchecked Sendable {
    // All is set before the thread starts.
    private let stop: StopSignal
    private let body: () -> Void
    private var thread = pthread_t()

    /// What our threads call at most needs a fraction of this; the usual 8 MiB would take longer to map.
    private static let stackSize = 512 << 10

    /// Starts `body` on a thread of its own, which is to return when `stop` is raised; `nil` where the system has none left.
    public init?(until stop: StopSignal, _ body: @escaping () -> Void) {
        self.stop = stop
        self.body = body
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, Self.stackSize)
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer {
            pthread_sigmask(SIG_SETMASK, &before, nil)
            pthread_attr_destroy(&attributes)
        }
        let itself = Unmanaged.passRetained(self)
        guard pthread_create(&thread, &attributes, runBody, itself.toOpaque()) == 0 else {
            itself.release()
            return nil
        }
    }

    /// Asks the thread to end and waits until it has.
    public func stopAndWait() {
        stop.raise()
        pthread_join(thread, nil)
    }

    fileprivate func run() { body() }
}

private func runBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    machine_wake_precisely()
    machine_name_thread("swprof")
    Unmanaged<BackgroundThread>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
