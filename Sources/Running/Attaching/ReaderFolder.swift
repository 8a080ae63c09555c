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

    var reader: String { folder.path + "/reader.py" }
    var log: String { folder.path + "/" + LaunchFolder.logFile }

    /// Whether the reader has begun its log.
    var isCapturing: Bool { FileReading.isWritten(log) }
}
