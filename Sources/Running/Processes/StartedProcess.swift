import Glibc
import Synchronization

/// A process that was started with all that swprof was started with (`Inheritance`): every descriptor that is open, the
/// signals that are ignored, and the mask.
///
/// Libraries that start processes close descriptors and set signals back, so that what is started does not depend on who
/// starts it. A profiled program has to.
public struct StartedProcess: Sendable {
    public let id: pid_t

    /// Where a standard stream of the process comes from or goes.
    public enum Stream: Sendable {
        case inherited, nothing
        case descriptor(Int32)
    }

    /// The standard streams, and whether the process leads a group of its own.
    public struct Setting: Sendable {
        public var streams: [Stream] = [.inherited, .inherited, .inherited]
        public var leadsGroup = false
        /// Where it works; `nil` for our own working folder.
        public var folder: String?
        public init() {}
    }

    public struct Failure: Error { public let number: Int32 }

    // What is ignored is a property of the whole process, which starts one at a time.
    private static let starting = Mutex(())

    /// - Parameters:
    ///   - words: the arguments behind the program's own name; each ended by a zero, as the variables are.
    public init(_ path: String, words: [[UInt8]], environment: [[UInt8]], _ setting: Setting) throws(Failure) {
        let arguments = [Array(path.utf8) + [0]] + words
        var id: pid_t = 0
        let failure = Self.starting.withLock { _ in
            Self.givingBack { Self.spawn(&id, path, CStrings(arguments), CStrings(environment), setting) }
        }
        guard failure == 0 else { throw Failure(number: failure) }
        self.id = id
    }

    /// A process that ignores SIGCHLD starts others that do.
    private static func givingBack(_ start: () -> Int32) -> Int32 {
        guard Inheritance.own.ignores(SIGCHLD) else { return start() }
        Glibc.signal(SIGCHLD, SIG_IGN)
        defer { Glibc.signal(SIGCHLD, SIG_DFL) }
        return start()
    }

    private static func spawn(
        _ id: inout pid_t, _ path: String, _ arguments: CStrings, _ environment: CStrings, _ setting: Setting
    ) -> Int32 {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        setAttributes(&attributes, setting)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in setting.streams.enumerated() { add(stream, as: Int32(number), to: &actions) }
        closeOwn(&actions)
        if let folder = setting.folder { _ = changeFolder?(&actions, folder) }
        // The pointers alone do not keep the texts.
        return withExtendedLifetime((arguments, environment)) {
            posix_spawn(&id, path, &actions, &attributes, arguments.pointers, environment.pointers)
        }
    }

    private static func setAttributes(_ attributes: inout posix_spawnattr_t, _ setting: Setting) {
        var mask = Inheritance.own.mask
        posix_spawnattr_setsigmask(&attributes, &mask)
        var internals = Self.internalSignals
        posix_spawnattr_setsigdefault(&attributes, &internals)
        let group = setting.leadsGroup ? POSIX_SPAWN_SETPGROUP : 0
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
    }

    /// Signals of glibc's own: unless told otherwise it has a spawned process ignore them, and so all that this one starts.
    /// `sigaddset` takes none of them.
    private static var internalSignals: sigset_t {
        let internals = Inheritance.internals.filter { !Inheritance.own.ignores($0) }
        let bits = internals.reduce(UInt(0)) { $0 | 1 << (UInt($1) - 1) }
        var set = sigset_t()
        sigemptyset(&set)
        withUnsafeMutableBytes(of: &set) { $0.storeBytes(of: bits, as: UInt.self) }
        return set
    }

    private static func add(_ stream: Stream, as number: Int32, to actions: inout posix_spawn_file_actions_t) {
        switch stream {
        case .inherited: break
        case .nothing:
            posix_spawn_file_actions_addopen(&actions, number, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0)
        case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        }
    }

    /// Closes what swprof has opened itself: libraries do so on threads of their own, at any time, and not all say that it is to
    /// be closed in other programs.
    private static func closeOwn(_ actions: inout posix_spawn_file_actions_t) {
        guard let inherited = Inheritance.own.descriptors else { return }
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        // What is opened meanwhile has the lowest numbers that are free. One above the limit cannot be named.
        let soon = Set(3..<Int32(clamping: 3 + inherited.count + mostOpenedMeanwhile))
        let own = soon.union(Inheritance.openDescriptors() ?? []).subtracting(inherited)
        for number in own where number < limit.rlim_cur { posix_spawn_file_actions_addclose(&actions, number) }
    }

    private static let mostOpenedMeanwhile = 64

    /// glibc declares it for GNU's dialect of C only, which is not how Swift sees it.
    private static let changeFolder = dlsym(nil, "posix_spawn_file_actions_addchdir_np").map {
        unsafeBitCast(
            $0,
            to: (@convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32).self)
    }

    // MARK: Its end

    /// Waits until it has ended, but leaves it to be asked how: until then its number is nobody else's.
    public func awaitEnd() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    }

    /// Whether it has ended, which does not keep it from being asked how.
    var hasEnded: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT | WNOHANG) == 0 && information.si_signo != 0
    }

    /// How it ended, and the CPU time of it and of all that it waited for; waits until it has.
    public func end() -> (status: WaitStatus, cpuSeconds: Double) {
        var status: Int32 = 0
        var usage = rusage()
        while wait4(id, &status, 0, &usage) < 0, errno == EINTR {}
        return (WaitStatus(status), usage.ru_utime.inSeconds + usage.ru_stime.inSeconds)
    }
}

/// How a process ended, as wait(2) tells it.
public enum WaitStatus: Sendable, Equatable {
    case exited(Int32)
    case killed(Int32)

    init(_ status: Int32) {
        let signal = status & 0x7f
        self = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal)
    }

    /// As a shell tells it.
    public var number: Int {
        switch self {
        case .exited(let code): Int(code)
        case .killed(let signal): 128 + Int(signal)
        }
    }
}

/// A list of texts as C wants it, each ended by a zero and the list by none.
private final class CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [[UInt8]]) {
        pointers = texts.map(Self.copy) + [nil]
    }

    deinit { pointers.forEach { free($0) } }

    /// Bytes have no address only where there are none, and each text ends with a zero.
    private static func copy(_ text: [UInt8]) -> UnsafeMutablePointer<CChar>? {
        text.withUnsafeBytes { $0.bindMemory(to: CChar.self).baseAddress.flatMap { strdup($0) } }
    }
}

extension timeval {
    var inSeconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
