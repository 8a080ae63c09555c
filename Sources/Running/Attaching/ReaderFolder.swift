import Glibc

/// A private folder from which a reader is started and in which it logs.
public final class ReaderFolder: Sendable {
    private let folder: PrivateFolder

    init(extension extensionPath: String) throws(RunningError) {
        folder = try PrivateFolder()
        // Every CPython that has the stable ABI takes a file of this name for the module.
        symlink(extensionPath, folder.path + "/_swprof.abi3.so")
        try folder.write(PackageResources.reader_py, to: "reader.py")
        try folder.write([], to: LaunchFolder.logFile)
    }

    var reader: String { folder.path + "/reader.py" }
    var log: String { folder.path + "/" + LaunchFolder.logFile }
    var refusalFile: String { folder.path + "/refusal" }

    /// Whether the reader has begun its log.
    var isCapturing: Bool { FileReading.isWritten(log) }

    /// Why the process cannot be looked at, where the reader said so.
    var refusal: String? { folder.text(of: "refusal") }
}
