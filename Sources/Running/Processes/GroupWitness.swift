import Glibc

/// A second process in our group that does nothing but count the signals that it gets: one that it gets too was sent to the
/// whole group, and so to the program as well. A signal itself does not say whom else it was sent to.
final class GroupWitness: @unchecked Sendable {
    // One page, shared with the process: a count for every signal, written there alone. `taken` is used by handlers alone.
    private let counts: UnsafeMutablePointer<UInt32>
    private let taken: UnsafeMutablePointer<UInt32>
    private let process: pid_t

    private static let page = 4096
    /// PR_SET_PDEATHSIG.
    private static let dieWithParent: Int32 = 1
    /// How long the second of two processes may wait for its signal, in microseconds.
    private static let patience = 10_000

    /// `nil` where the system has no process left; then every signal is passed on.
    init?(of signals: [Int32]) {
        guard let fork = Self.fork,
            let map = mmap(nil, Self.page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0),
            map != MAP_FAILED
        else { return nil }
        counts = map.bindMemory(to: UInt32.self, capacity: Self.page / 8)
        taken = counts + Self.page / 8
        var watched = sigset_t()
        var before = sigset_t()
        sigemptyset(&watched)
        for signal in signals { sigaddset(&watched, signal) }
        // Looked up before there is a second process, which may not ask the loader.
        let (prctl, closeRange) = (Self.prctl, Self.closeRange)
        // It inherits that they are blocked: none gets lost before it waits for them.
        pthread_sigmask(SIG_BLOCK, &watched, &before)
        process = fork()
        if process == 0 {
            // Whoever waits for the end of a pipe that we inherited must not wait for this process.
            _ = closeRange?(0, .max, 0)
            _ = prctl?(Self.dieWithParent, UInt(SIGKILL), 0, 0, 0)
            Self.count(watched, into: counts)
        }
        pthread_sigmask(SIG_SETMASK, &before, nil)
        // The page is given back as the object goes.
        if process < 0 { return nil }
    }

    /// Whether the signal that has just come has come there too. Called by a handler: waits, but takes no lock.
    func hasSeen(_ signal: Int32) -> Bool {
        let at = Int(signal)
        for _ in 0..<Self.patience / 100 {
            if counts[at] != taken[at] {
                taken[at] = counts[at]
                return true
            }
            usleep(100)
        }
        return false
    }

    func end() {
        kill(process, SIGKILL)
        while waitpid(process, nil, 0) < 0, errno == EINTR {}
    }

    /// Not before: a handler on another thread may still wait for a count.
    deinit { munmap(counts, Self.page) }

    /// In the second process, which uses nothing that another thread of the first may have held.
    private static func count(_ signals: sigset_t, into counts: UnsafeMutablePointer<UInt32>) -> Never {
        var signals = signals
        var signal: Int32 = 0
        while true { if sigwait(&signals, &signal) == 0 { counts[Int(signal)] &+= 1 } }
    }

    // Swift withholds the first, and does not see functions of any number of arguments or of GNU's dialect alone.
    private static let fork = dlsym(nil, "fork").map { unsafeBitCast($0, to: (@convention(c) () -> pid_t).self) }
    private static let prctl = dlsym(nil, "prctl").map {
        unsafeBitCast($0, to: (@convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32).self)
    }
    private static let closeRange = dlsym(nil, "close_range").map {
        unsafeBitCast($0, to: (@convention(c) (UInt32, UInt32, Int32) -> Int32).self)
    }
}
