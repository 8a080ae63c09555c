import Glibc

/// A session in a process that began it itself, by a script that it was left (PEP 768). It goes on as long as we hold a lock on a
/// file, and so never outlives swprof.
final class InjectedSession: Looking {
    private let target: TargetProcess
    private let folder: ReaderFolder
    private let memory: TargetMemory
    /// Leaves the script, and takes it back where it was not run.
    private var reader: Reader?
    private var lock: Int32
    private let deadline: Int64

    /// How long a process is given to come to Python code, and then to clear away what it holds, in nanoseconds.
    private static let patience: Int64 = 5_000_000_000
    private static let leaving: Int64 = 2_000_000_000
    private static let pause: UInt32 = 5_000

    init(
        in target: TargetProcess, _ settings: ProfilingSettings, in folder: ReaderFolder, extension path: String,
        _ memory: TargetMemory
    ) throws(RunningError) {
        (self.target, self.folder, self.memory) = (target, folder, memory)
        var pairs = settings.pairs
        pairs.merge(["log": folder.log, "keeper": folder.keeper]) { $1 }
        try folder.writeScript(Self.script(library: path, pairs, refusal: folder.scriptRefusal))
        if target.owner != geteuid() {
            try folder.give(to: target.owner)
            try Self.checkReadable(path, by: target.owner)
        }
        lock = open(folder.keeper, O_RDWR | O_CLOEXEC)
        flock(lock, LOCK_EX | LOCK_NB)
        deadline = MonotonicClock.now + Self.patience
        reader = try Reader("inject", of: target, settings, in: folder, folder.files, ["script": folder.script])
    }

    deinit { release() }

    var hasEnded: Bool {
        guard !folder.isCapturing else {
            // What it was to leave has been taken.
            if let reader { try? reader.awaitEnd() }
            reader = nil
            return false
        }
        return reader?.hasEnded != false || isRefused || MonotonicClock.now > deadline
    }

    func awaitEnd() throws(RunningError) {
        if let reader { try reader.awaitEnd() }
        // The process may have begun to run the script just as it was taken back.
        if reader != nil { usleep(10 * Self.pause) }
        release()
        if folder.isCapturing { return awaitDeparture() }
        if let refusal = folder.whatScriptRefused {
            throw .failed("cannot profile process \(target.id) from within: \(refusal)")
        }
        throw .failed(
            "process \(target.id) did not come to Python code: its main thread waits, or works in C; leave out --inject"
        )
    }

    private var isRefused: Bool { folder.whatScriptRefused != nil }

    /// Whether there is still something of the session in the process.
    private var isThere: Bool { access(folder.keeper, F_OK) == 0 }

    private func release() {
        if lock >= 0 { close(lock) }
        lock = -1
    }

    /// A process whose main thread waits keeps the last of it until that runs on.
    private func awaitDeparture() {
        let deadline = MonotonicClock.now + Self.leaving
        while isThere, memory.isThere, MonotonicClock.now < deadline { usleep(Self.pause) }
    }

    private static func checkReadable(_ path: String, by user: uid_t) throws(RunningError) {
        var status = stat()
        let isReadable = stat(path, &status) == 0 && (status.st_uid == user || status.st_mode & 0o004 != 0)
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        guard isReadable, ReaderFolder.canEnter(folder, user) else {
            throw .failed(
                "user \(user) cannot read \(path); install swprof where all can read it, or leave out --inject")
        }
    }

    private static func script(library: String, _ pairs: [String: String], refusal: String) -> [UInt8] {
        let entries = pairs.sorted { $0.key < $1.key }.map { "\(literal($0.key)): \(literal($0.value))" }
        let call = "begin(\(literal(library)), {\(entries.joined(separator: ", "))}, \(literal(refusal)))"
        return PackageResources.injected_py + Array("\n\n\(call)\n".utf8)
    }

    /// A text as Python code.
    private static func literal(_ text: String) -> String {
        let characters = text.unicodeScalars.map { scalar in
            let isPlain = scalar.isASCII && scalar.value >= 0x20 && scalar != "\"" && scalar != "\\"
            let digits = String(scalar.value, radix: 16)
            return isPlain ? String(scalar) : "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        return "\"" + characters.joined() + "\""
    }
}
