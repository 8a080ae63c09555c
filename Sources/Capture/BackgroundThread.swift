import CMachine
import Glibc

/// A thread of our own in the profiled program. All signals are blocked there: they are the program's.
public final class BackgroundThread: @unchecked Sendable {
    // Used by one thread at a time, and by its own only for what is set before that starts.
    private let stop: StopSignal
    private let body: () -> Void
    private let stackSize: Int
    fileprivate let sharesFiles: Bool
    private var thread = pthread_t()
    private enum State { case running, paused, ended }
    private var state = State.ended

    /// What our threads call at most needs a fraction of this; the usual 8 MiB would take longer to map.
    private static let usualStackSize = 512 << 10

    // Written by the threads themselves, of which there is one at a time.
    nonisolated(unsafe) fileprivate static var spent: Int64 = 0

    /// Whether what a thread of ours opens is its own alone.
    nonisolated(unsafe) public fileprivate(set) static var hasOwnFiles = false

    /// CPU time of all our threads so far, in nanoseconds; asked by one of them.
    public static var cpu: Int64 { spent + KernelClock.ownCPU() }

    /// Starts `body` on a thread of its own, which is to return when `stop` is raised and to go on where it was when it
    /// is called again; `nil` where the system has none left.
    ///
    /// - Parameters:
    ///   - stackSize: in bytes; `nil` for what our own code needs.
    ///   - sharesFiles: whether it has the program's descriptors, and not a table of its own.
    public init?(until stop: StopSignal, stackSize: Int? = nil, sharesFiles: Bool = false, _ body: @escaping () -> Void)
    {
        self.stop = stop
        self.stackSize = stackSize ?? Self.usualStackSize
        self.sharesFiles = sharesFiles
        self.body = body
        begin()
        if state != .running { return nil }
    }

    private func begin() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stackSize)
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer {
            pthread_sigmask(SIG_SETMASK, &before, nil)
            pthread_attr_destroy(&attributes)
        }
        let itself = Unmanaged.passRetained(self)
        if pthread_create(&thread, &attributes, runBody, itself.toOpaque()) == 0 {
            state = .running
        } else {
            state = .ended
            itself.release()
        }
    }

    /// Whether it is there: it may have come to the end of its body.
    public var isRunning: Bool { state == .running }

    /// Asks the thread to end and waits until it has.
    public func stopAndWait() {
        // What it has to say at its end it says itself.
        resume()
        end(isFinal: true)
    }

    /// Has the thread be gone until `resume`.
    public func pause() {
        guard state == .running else { return }
        end(isFinal: false)
        state = .paused
    }

    public func resume() {
        guard state == .paused else { return }
        stop.lower()
        begin()
    }

    private func end(isFinal: Bool) {
        guard state == .running else { return }
        stop.raise(isFinal: isFinal)
        pthread_join(thread, nil)
        state = .ended
    }

    fileprivate func run() { body() }
}

private func runBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    machine_wake_precisely()
    machine_name_thread("swprof")
    let thread = Unmanaged<BackgroundThread>.fromOpaque(argument).takeRetainedValue()
    BackgroundThread.hasOwnFiles = !thread.sharesFiles && machine_separate_files() == 0
    thread.run()
    BackgroundThread.spent = BackgroundThread.cpu
    return nil
}
