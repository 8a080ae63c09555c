import Glibc

/// What a program may use, where it is run for our own ends.
public struct RunLimits: Sendable, Equatable {
    /// After so long all of it is killed.
    public var time: Duration
    /// Bytes of data of each of its processes; `nil` for as much as there is.
    public var memory: Int?

    public init(time: Duration, memory: Int? = nil) {
        self.time = time
        self.memory = memory
    }

    /// Holds a process that has just been started to its memory. Not its address space: a thread's stack and a mapped
    /// file take room there that they never fill.
    func apply(to process: pid_t) {
        guard let memory, let prlimit = Self.prlimit else { return }
        var limit = rlimit(rlim_cur: rlim_t(memory), rlim_max: rlim_t(memory))
        _ = prlimit(process, Int32(bitPattern: RLIMIT_DATA.rawValue), &limit, nil)
    }

    /// glibc declares it for GNU's dialect of C only, which is not how Swift sees it.
    private static let prlimit = dlsym(nil, "prlimit").map {
        unsafeBitCast(
            $0, to: (@convention(c) (pid_t, Int32, UnsafePointer<rlimit>?, UnsafeMutablePointer<rlimit>?) -> Int32).self
        )
    }
}
