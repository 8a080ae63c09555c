import Glibc

/// A temporary folder for nobody else to read, which goes with all its files when it is no longer held.
final class PrivateFolder: Sendable {
    let path: String

    init() throws(RunningError) {
        // A signal may end swprof before there is a folder, and again when it is gone.
        SignalForwarding.hold()
        let base = Self.base
        var template = Array((base + "/swprof-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            SignalForwarding.release()
            throw .failed("cannot make a temporary folder in \(base): \(String(cString: strerror(errno))); set TMPDIR to a folder that can be written")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        // Python may have kept compiled code of the launch files.
        for folder in [path + "/__pycache__", path] { Self.remove(folder) }
        SignalForwarding.release()
    }

    /// Absolute, for the program may go to another folder while it writes its log.
    private static var base: String {
        let named = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        guard let path = realpath(named, nil) else { return named }
        defer { free(path) }
        return String(cString: path)
    }

    /// Writes a file anew, whatever there was under its name.
    func write(_ bytes: [UInt8], to name: String) throws(RunningError) {
        let file = path + "/" + name
        unlink(file)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw .failed("cannot write \(file): \(String(cString: strerror(errno))); set TMPDIR to a folder that can be written")
        }
    }

    /// The text of a file, where it is there.
    func text(of name: String) -> String? {
        (try? FileReading.bytes(of: path + "/" + name)).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func remove(_ folder: String) {
        guard let entries = opendir(folder) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { unlink(folder + "/" + name) }
        }
        closedir(entries)
        rmdir(folder)
    }
}
