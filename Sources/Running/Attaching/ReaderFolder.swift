import Glibc
import ProfileFormats

/// A private folder from which a reader is started and in which it logs.
public final class ReaderFolder: Sendable {
    private let folder: PrivateFolder

    init(extension extensionPath: String) throws(RunningError) {
        folder = try PrivateFolder()
        // Every CPython that has the stable ABI takes a file of this name for the module.
        symlink(extensionPath, folder.path + "/_swprof.abi3.so")
        try folder.write(PackageResources.reader_py, to: "reader.py")
        try folder.write([], to: LaunchFolder.logFile)
        try folder.write([], to: ChildLogs.numbersFile)
    }

    /// Where one reader logs, and where it says why it cannot look at its process.
    struct Files: Sendable {
        let log: String
        let refusal: String
    }

    var path: String { folder.path }
    /// Of the reader of the process that was named.
    var files: Files { Files(log: log, refusal: path + "/refusal") }

    /// Of the next child's; `nil` where there are too many.
    func nextChild() -> Files? { ChildLogs.next(in: path).map { Files(log: $0, refusal: $0 + ".refusal") } }

    /// A session that the process itself begins: the script that it runs, and the file on which we hold a lock meanwhile.
    var script: String { folder.path + "/script.py" }
    var keeper: String { folder.path + "/keeper" }
    /// Where the script says why there can be no session, and what it said.
    var scriptRefusal: String { folder.path + "/" + Self.scriptRefusalFile }
    var whatScriptRefused: String? { folder.text(of: Self.scriptRefusalFile) }

    private static let scriptRefusalFile = "script.refusal"

    func writeScript(_ text: [UInt8]) throws(RunningError) {
        try folder.write(text, to: "script.py")
        try folder.write([], to: "keeper")
    }

    /// Gives all to another user, whose process is to read and write here.
    func give(to owner: uid_t) throws(RunningError) {
        for name in PrivateFolder.names(in: path) { lchown(path + "/" + name, owner, .max) }
        guard chown(path, owner, .max) == 0, Self.canEnter(path, owner) else {
            throw .failed("user \(owner) cannot enter \(path); set TMPDIR to a folder that all can enter")
        }
    }

    /// Whether all that a path leads through lets a user pass.
    static func canEnter(_ path: String, _ user: uid_t) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & (status.st_uid == user ? 0o100 : 0o001) != 0 else {
            return false
        }
        guard path != "/", let slash = path.lastIndex(of: "/") else { return true }
        return canEnter(slash == path.startIndex ? "/" : String(path[..<slash]), user)
    }

    var reader: String { folder.path + "/reader.py" }
    var log: String { folder.path + "/" + LaunchFolder.logFile }

    /// Whether the reader has begun its log.
    var isCapturing: Bool { FileReading.isWritten(log) }
}
