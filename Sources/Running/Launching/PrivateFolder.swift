import Glibc
import ProfileFormats

/// A temporary folder for nobody else to read, which goes with all its files when it is no longer held.
///
/// Its file `owner` is locked for as long as its process lives, so that folders of processes that were killed are found
/// (`AbandonedFolders`).
final class PrivateFolder: Sendable {
    let path: String
    private let lock: Int32

    static let prefix = "swprof-"

    init() throws(RunningError) {
        AbandonedFolders.clearOnce()
        // A signal may end swprof before there is a folder, and again when it is gone.
        SignalForwarding.hold()
        let base = Self.base
        var template = Array((base + "/" + Self.prefix + "XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            let reason = String(cString: strerror(errno))
            SignalForwarding.release()
            throw .failed(
                "cannot make a temporary folder in \(base): \(reason); set TMPDIR to a folder that can be written")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        lock = open(path + "/owner", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        flock(lock, LOCK_EX | LOCK_NB)
    }

    deinit {
        // Python may have kept compiled code of the launch files.
        for folder in [path + "/__pycache__", path] { Self.remove(folder) }
        if lock >= 0 { close(lock) }
        SignalForwarding.release()
    }

    /// Where temporary folders are made. Absolute, for the program may go to another folder while it writes its log.
    ///
    /// It is the system's where TMPDIR names one that we cannot hand on: PYTHONPATH parts its folders by colons, a launch's
    /// settings are parted by control characters, and our paths are text.
    static var base: String {
        guard let bytes = EnvironmentBlock.value(of: "TMPDIR"), !bytes.isEmpty,
            let named = String(validating: bytes, as: UTF8.self)
        else { return usual }
        let path = absolute(named)
        return path.utf8.contains { $0 == UInt8(ascii: ":") || $0 < 0x20 } ? usual : path
    }

    private static let usual = "/tmp"

    private static func absolute(_ named: String) -> String {
        guard let path = realpath(named, nil) else { return named }
        defer { free(path) }
        return String(validatingCString: path) ?? usual
    }

    /// Writes a file anew, whatever there was under its name.
    func write(_ bytes: [UInt8], to name: String) throws(RunningError) {
        let file = path + "/" + name
        unlink(file)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let failure = descriptor < 0 ? errno : FileBytes.put(bytes, into: descriptor)
        if descriptor >= 0 { close(descriptor) }
        guard failure == 0 else {
            let remedy = FileBytes.remedy(for: failure, usual: "set TMPDIR to a folder that can be written")
            throw .failed("cannot write in the folder \(path): \(String(cString: strerror(failure))); \(remedy)")
        }
    }

    /// The text of a file, where it is there.
    func text(of name: String) -> String? {
        (try? FileReading.bytes(of: path + "/" + name)).map { String(decoding: $0, as: UTF8.self) }
    }

    static func remove(_ folder: String) {
        for name in names(in: folder) { unlink(folder + "/" + name) }
        rmdir(folder)
    }

    /// The names in a folder that are text.
    static func names(in folder: String) -> [String] {
        guard let entries = opendir(folder) else { return [] }
        defer { closedir(entries) }
        var names: [String] = []
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(validating: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let name, name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
