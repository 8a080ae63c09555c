import Glibc

/// What whoever started swprof hands down and swprof changes for itself, as it was before that: a program that is started
/// gets it back (`StartedProcess`). All the rest, such as other descriptors, limits and the working folder, passes through.
public struct Inheritance: Sendable {
    /// The signals that are blocked.
    let mask: sigset_t
    private let ignored: Set<Int32>
    /// What is open beside the standard streams; `nil` where there is no `/proc` that says so.
    let descriptors: Set<Int32>?

    /// As swprof found it. The first use reads it, which has to come before anything else is done.
    public static let own = Inheritance()

    private init() {
        Self.fillClosedStreams()
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        self.mask = mask
        ignored = Set((1...64).filter(Self.isIgnored)).union(Self.ignoredInternals())
        descriptors = Self.openDescriptors()
        // Otherwise the kernel throws away how a program ended.
        if ignored.contains(SIGCHLD) { Glibc.signal(SIGCHLD, SIG_DFL) }
    }

    /// Whether whoever started swprof had it ignore a signal, as `nohup` does.
    func ignores(_ signal: Int32) -> Bool { ignored.contains(signal) }

    /// Puts something on closed standard streams, which no file of ours may take the place of. A program that is started
    /// finds them closed.
    private static func fillClosedStreams() {
        for stream in 0...2 where fcntl(Int32(stream), F_GETFD) < 0 { _ = open("/dev/null", O_RDWR | O_CLOEXEC) }
    }

    /// What is open now beside the standard streams; `nil` where there is no `/proc` that says so.
    static func openDescriptors() -> Set<Int32>? {
        let listed = PrivateFolder.names(in: "/proc/self/fd").compactMap { Int32($0) }
        // That by which the list was read is closed by now.
        return listed.isEmpty ? nil : Set(listed.filter { $0 > 2 && fcntl($0, F_GETFD) >= 0 })
    }

    /// Of the signals that glibc keeps for itself and tells nobody about: what the kernel says.
    private static func ignoredInternals() -> [Int32] {
        guard let status = try? FileReading.allBytes(of: "/proc/self/status") else { return [] }
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
        let mask = line.flatMap { UInt64($0.dropFirst("SigIgn:".count).filter { !$0.isWhitespace }, radix: 16) } ?? 0
        return internals.filter { mask >> (UInt64($0) - 1) & 1 == 1 }
    }

    static let internals: [Int32] = [32, 33]

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }
}
