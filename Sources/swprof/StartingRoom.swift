import Glibc
import Running

/// What swprof cannot work without, which a user's limits may leave no room for.
enum StartingRoom {
    /// As many as work at once while a program runs.
    private static let threads = 3
    private static let descriptors = 12

    /// Tries for all of it at once, and gives it back.
    static func error() -> RunningError? {
        threadError() ?? descriptorError()
    }

    /// All wait for a lock, so that none ends before the last begins.
    private static func threadError() -> RunningError? {
        let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        defer { gate.deallocate() }
        pthread_mutex_init(gate, nil)
        pthread_mutex_lock(gate)
        var started: [pthread_t] = []
        var code: Int32 = 0
        while code == 0, started.count < threads {
            var thread = pthread_t()
            code = pthread_create(&thread, nil, pass, gate)
            if code == 0 { started.append(thread) }
        }
        pthread_mutex_unlock(gate)
        for thread in started { pthread_join(thread, nil) }
        return code == 0 ? nil : .failed("cannot start a thread: \(String(cString: strerror(code))); raise `ulimit -u`")
    }

    private static let pass: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { gate in
        guard let gate = gate?.assumingMemoryBound(to: pthread_mutex_t.self) else { return nil }
        pthread_mutex_lock(gate)
        pthread_mutex_unlock(gate)
        return nil
    }

    private static func descriptorError() -> RunningError? {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        while opened.count < descriptors {
            let descriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
            guard descriptor >= 0 else {
                return .failed("cannot open files: \(String(cString: strerror(errno))); raise `ulimit -n`")
            }
            opened.append(descriptor)
        }
        return nil
    }
}
