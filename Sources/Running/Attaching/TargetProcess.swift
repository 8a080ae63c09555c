import Glibc

/// A process that runs already and is to be looked at.
public struct TargetProcess: Sendable {
    public let id: pid_t
    /// What it was started with, its own name first.
    public let words: [String]
    /// The path of what it runs.
    public let executable: String
    /// How the kernel says that it stands: `R` where it runs, `S` where it waits, `T` where it was stopped.
    public var state: Character? { Self.state(of: id) }
    public var isStopped: Bool { state == "T" || state == "t" }

    var folder: String { "/proc/\(id)" }

    /// The program that it runs, without the interpreter and its options.
    var program: [String] {
        let rest = words.dropFirst()
        return Array(rest.drop { $0.hasPrefix("-") && $0 != "-m" && $0 != "-c" })
    }

    private var source: Program.Source {
        switch program.first {
        case "-m"?: .module(program.dropFirst().first ?? "")
        case "-c"?, nil: .code("")
        case let script?: .script(script)
        }
    }

    /// Where its own code is, as far as that is known.
    public var ownFolders: [String] {
        guard let here = Self.link(folder + "/cwd") else { return [] }
        return OwnPaths.folders(of: source, in: here)
    }

    /// Throws where there is no such process, or it cannot be read.
    public init(_ text: String) throws(RunningError) {
        guard let id = pid_t(text), id > 0 else {
            throw .usage("'\(text)' is no number of a process; give one, as ps shows it")
        }
        guard id != getpid() else {
            throw .usage("process \(id) is swprof itself; give the number of a Python process")
        }
        try Self.checkPresence(id)
        self.id = id
        words =
            (try? FileReading.allBytes(of: "/proc/\(id)/cmdline"))
            .map {
                $0.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { String(word: Array($0)) }
            } ?? []
        guard let executable = Self.link("/proc/\(id)/exe") else {
            throw errno == ENOENT
                ? .failed("process \(id) is the kernel's own; give the number of a Python process") : Self.forbidden(id)
        }
        self.executable = executable
        guard access("/proc/\(id)/mem", F_OK) == 0, TargetMemory.canOpen(id) else { throw Self.forbidden(id) }
        try checkPython()
    }

    private static func checkPresence(_ id: pid_t) throws(RunningError) {
        guard let state = state(of: id) else {
            throw .failed("there is no process \(id); give the number of one that runs, as ps shows it")
        }
        if state == "Z" || state == "X" {
            throw .failed(
                "process \(id) has ended, and waits for who started it to notice (a zombie); there is nothing to look at"
            )
        }
        if let group = field("Tgid", of: id), group != String(id) {
            throw .failed("\(id) is a thread of process \(group); give the number of the process")
        }
    }

    /// Only what is certainly an interpreter is started: anything else would do what it does.
    private func checkPython() throws(RunningError) {
        let name = executable.split(separator: "/").last.map(String.init) ?? ""
        let isPython = name.hasPrefix("python") && ExecutableText.contains("Py_BytesMain", in: folder + "/exe")
        guard isPython else {
            throw .failed(
                "process \(id) runs '\(executable)', which is no CPython \(SupportedPython.span) interpreter; give the number of a Python process"
            )
        }
        guard isOfThisFileSystem else {
            throw .failed(
                "process \(id) runs '\(executable)' of another file system (a container's); run swprof in there")
        }
        guard isTrusted else {
            throw .failed(
                "process \(id) runs '\(executable)', which others than root and you can write, so it is not started to read for you; run swprof as user \(owner)"
            )
        }
    }

    /// Whether what it runs is what has that path here; one that was replaced meanwhile has none.
    private var isOfThisFileSystem: Bool {
        if Self.link(folder + "/ns/mnt") == Self.link("/proc/self/ns/mnt") { return true }
        return Self.status(of: folder + "/exe").map { its in
            Self.status(of: executable).map { $0.st_dev == its.st_dev && $0.st_ino == its.st_ino } ?? false
        } ?? false
    }

    /// Whether it is safe to run what another user runs.
    private var isTrusted: Bool {
        if owner == geteuid() { return true }
        guard let status = Self.status(of: folder + "/exe") else { return false }
        return (status.st_uid == 0 || status.st_uid == geteuid()) && status.st_mode & 0o022 == 0
    }

    /// The user whose process it is.
    var owner: uid_t { Self.status(of: folder).map(\.st_uid) ?? 0 }

    /// What its environment says where libraries and Python's own files are; nothing of another user's.
    var environment: [String: [UInt8]] {
        guard owner == geteuid(), let block = try? FileReading.allBytes(of: folder + "/environ") else { return [:] }
        var kept: [String: [UInt8]] = [:]
        for entry in block.split(separator: 0) {
            for name in ["LD_LIBRARY_PATH", "PYTHONHOME"] where entry.starts(with: Array((name + "=").utf8)) {
                kept[name] = Array(entry.dropFirst(name.utf8.count + 1))
            }
        }
        return kept
    }

    /// The name of a thread, as the kernel has it.
    public func name(ofThread thread: Int64) -> String? {
        (try? FileReading.allBytes(of: "\(folder)/task/\(thread)/comm"))
            .map { String(decoding: $0.prefix { $0 != 10 }, as: UTF8.self) }
    }

    /// Child processes that it has now.
    var children: [pid_t] {
        PrivateFolder.names(in: folder + "/task").flatMap { thread -> [pid_t] in
            let listed = (try? FileReading.allBytes(of: "\(folder)/task/\(thread)/children")) ?? []
            return listed.split(separator: 0x20).compactMap { pid_t(String(decoding: $0, as: UTF8.self)) }
        }
    }

    // MARK: What the kernel says

    static func state(of id: pid_t) -> Character? {
        guard let text = try? FileReading.allBytes(of: "/proc/\(id)/stat"), let end = text.lastIndex(of: 0x29),
            end + 2 < text.count
        else { return nil }
        return Character(Unicode.Scalar(text[end + 2]))
    }

    private static func field(_ name: String, of id: pid_t) -> String? {
        guard let text = try? FileReading.allBytes(of: "/proc/\(id)/status") else { return nil }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name + ":") }
            .flatMap { $0.split(whereSeparator: { $0 == "\t" || $0 == " " }).last.map(String.init) }
    }

    private static func link(_ path: String) -> String? {
        var room = [UInt8](repeating: 0, count: 4096)
        let length = readlink(path, &room, room.count)
        return length < 0 ? nil : String(decoding: room[..<length], as: UTF8.self)
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    /// Why the system lets nobody like us look into a process.
    private static func forbidden(_ id: pid_t) -> RunningError {
        let owner = status(of: "/proc/\(id)").map(\.st_uid) ?? 0
        if owner != geteuid(), geteuid() != 0 {
            return .failed(
                "process \(id) is user \(owner)'s, and the system lets nobody but that user and root look into it; run swprof as one of them"
            )
        }
        if geteuid() == 0 {
            return .failed(
                "the system lets not even root look into process \(id); give this container the capability SYS_PTRACE")
        }
        return .failed(
            "the system does not let swprof look into process \(id) (kernel.yama.ptrace_scope is \(LookPermission.scope ?? "not there")); run swprof as root, or set ptrace_scope to 0"
        )
    }
}
