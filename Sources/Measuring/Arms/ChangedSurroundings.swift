import Foundation
import Glibc
import Running

/// Changes what this process hands down to those it starts: user, real-time limit, processors.
///
/// All of it is the process's own state. So only one run may be under way at a time.
public enum ChangedSurroundings {
    private static let nobody: uid_t = 65534

    /// Does some work in surroundings, and then puts back what there was.
    ///
    /// - Throws: what the work throws, or where this process may not change what they ask for.
    public static func within<Value: Sendable>(
        _ surroundings: Surroundings, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        let processors = allowedProcessors()
        if let count = surroundings.processors { setProcessors(first(count, of: processors)) }
        defer { if surroundings.processors != nil { setProcessors(processors) } }
        guard surroundings.user == .unprivileged else { return try await work() }
        let folder = try NobodysFolder(nobody)
        defer { folder.remove() }
        let limit = try becomeNobody()
        defer { becomeRoot(limit) }
        return try await work()
    }

    /// Why surroundings are out of reach here; `nil` where they are not.
    public static func obstacle(to surroundings: Surroundings) -> String? {
        surroundings.user == .unprivileged && geteuid() != 0 ? "only root can start a program as another user" : nil
    }

    /// The saved user stays root, to come back; an exec'd program loses it and all capabilities with it (credentials(7)).
    private static func becomeNobody() throws -> rlimit {
        var limit = rlimit()
        getrlimit(GNU.realTimeLimit, &limit)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        guard setrlimit(GNU.realTimeLimit, &none) == 0, setgroups(0, nil) == 0, GNU.setGroup(nobody, nobody, 0) == 0,
            GNU.setUser(nobody, nobody, 0) == 0
        else {
            throw RunningError.failed(
                "cannot start programs as another user: \(String(cString: strerror(errno))); run as root")
        }
        return limit
    }

    private static func becomeRoot(_ limit: rlimit) {
        var limit = limit
        guard GNU.setUser(0, 0, 0) == 0, GNU.setGroup(0, 0, 0) == 0, setgroups(1, [0]) == 0 else { return }
        setrlimit(GNU.realTimeLimit, &limit)
    }
}

/// A temporary folder of another user, in the place of the one that `TMPDIR` names, which may be root's own.
private struct NobodysFolder {
    private let path: String
    private let before = getenv("TMPDIR").map { String(cString: $0) }

    init(_ user: uid_t) throws {
        path = "/tmp/swprof-nobody-\(UUID().uuidString)"
        guard mkdir(path, 0o700) == 0, chown(path, user, user) == 0 else {
            throw RunningError.failed("cannot make \(path): \(String(cString: strerror(errno))); make /tmp writable")
        }
        setenv("TMPDIR", path, 1)
    }

    func remove() {
        if let before { setenv("TMPDIR", before, 1) } else { unsetenv("TMPDIR") }
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Processors as bits of words, as the kernel has them.
extension ChangedSurroundings {
    private typealias Mask = [UInt]
    private static let maskBytes = 128

    private static func allowedProcessors() -> Mask {
        var mask = Mask(repeating: 0, count: maskBytes / MemoryLayout<UInt>.size)
        _ = GNU.getAffinity(0, maskBytes, &mask)
        return mask
    }

    private static func first(_ count: Int, of mask: Mask) -> Mask {
        var first = Mask(repeating: 0, count: mask.count)
        let bits = mask.indices.flatMap { word in (0..<UInt.bitWidth).map { (word: word, bit: UInt(1) << $0) } }
        for place in bits.filter({ mask[$0.word] & $0.bit != 0 }).prefix(count) { first[place.word] |= place.bit }
        return first
    }

    /// Of every thread: whichever starts the program hands its own processors down.
    private static func setProcessors(_ mask: Mask) {
        for thread in threads { _ = GNU.setAffinity(thread, maskBytes, mask) }
    }

    private static var threads: [pid_t] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []).compactMap { pid_t($0) }
    }
}

/// What glibc declares for GNU's dialect of C only, which is not how Swift sees it.
private enum GNU {
    /// RLIMIT_RTPRIO.
    static let realTimeLimit: __rlimit_resource_t = 14
    static let setUser = function("setresuid", as: (@convention(c) (uid_t, uid_t, uid_t) -> Int32).self)
    static let setGroup = function("setresgid", as: (@convention(c) (gid_t, gid_t, gid_t) -> Int32).self)
    static let getAffinity = function(
        "sched_getaffinity", as: (@convention(c) (pid_t, Int, UnsafeMutablePointer<UInt>) -> Int32).self)
    static let setAffinity = function(
        "sched_setaffinity", as: (@convention(c) (pid_t, Int, UnsafePointer<UInt>) -> Int32).self)

    private static func function<Function>(_ name: String, as type: Function.Type) -> Function {
        guard let symbol = dlsym(nil, name) else { preconditionFailure("glibc has \(name)") }
        return unsafeBitCast(symbol, to: type)
    }
}
