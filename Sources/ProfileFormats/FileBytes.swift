import Capture
import Glibc

/// Whole files in and out; every failure is one line that says what to do.
public enum FileBytes {
    /// Larger files are refused: no profile is, but `/dev/zero` is.
    static let sizeLimit = 1 << 30

    /// All bytes of the file at `path`.
    public static func read(_ path: String) throws(FormatError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path, errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        // Growing by doubling would take up to three times the file.
        if let size = status(of: path)?.st_size, size > 0, size <= sizeLimit { bytes.reserveCapacity(Int(size)) }
        while true {
            let chunk = readChunk(of: file)
            guard chunk.error == 0 else { throw unreadable(path, chunk.error) }
            if chunk.bytes.isEmpty { return bytes }
            bytes += chunk.bytes
            guard bytes.count <= sizeLimit else { throw .tooLarge("cannot read \(path): more than \(sizeLimit) bytes") }
        }
    }

    /// In bytes; 0 where there is no such file.
    static func size(of path: String) -> Int { Int(status(of: path)?.st_size ?? 0) }

    /// Whether it can be read again: a pipe cannot.
    static func isRegularFile(_ path: String) -> Bool {
        status(of: path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
    }

    /// Makes `bytes` the content of the file at `path`.
    ///
    /// A regular file is replaced whole or not at all; a pipe or a device is written to as it is.
    public static func write(_ bytes: [UInt8], to path: String) throws(FormatError) {
        try write(to: path) { put(bytes, into: $0) }
    }

    /// The same of what is too large to be held: `fill` writes it to a descriptor, and returns `errno` or 0.
    static func write(to path: String, _ fill: (Int32) -> Int32) throws(FormatError) {
        let kind = status(of: path).map { $0.st_mode & S_IFMT }
        let failure: Int32
        // `/dev/stdout` may lead to a regular file, which belongs to whoever opened it.
        if !path.hasPrefix("/dev/"), kind == nil || kind == S_IFREG {
            failure = replace(resolved(path), fill)
        } else {
            failure = overwrite(path, fill)
        }
        if failure != 0 {
            throw FormatError(
                "cannot write \(path): \(String(cString: strerror(failure)))",
                remedy: remedy(for: failure, usual: "name a file in a folder that you may write to"))
        }
    }

    /// What to do about a failure to write, an `errno`; as a capture log's session says it, too.
    public static func remedy(for failure: Int32, usual: String) -> String {
        WritingRemedy.text(for: failure, usual: usual)
    }

    static func unreadable(_ path: String, _ error: Int32) -> FormatError {
        FormatError(
            "cannot read \(path): \(String(cString: strerror(error)))", remedy: "give the path of a profile")
    }

    static func readChunk(of file: Int32, atMost room: Int = 1 << 18) -> (bytes: [UInt8], error: Int32) {
        var error: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            var got = Glibc.read(file, buffer.baseAddress, buffer.count)
            while got < 0, errno == EINTR { got = Glibc.read(file, buffer.baseAddress, buffer.count) }
            if got < 0 { error = errno }
            count = max(got, 0)
        }
        return (bytes, error)
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    /// Where a symbolic link leads, so that the link is kept and its target replaced.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    // From here on the result is `errno`, or 0.

    /// Writes a temporary file beside `path` (mode 0600 while it is incomplete) and renames it.
    private static func replace(_ path: String, _ fill: (Int32) -> Int32) -> Int32 {
        let mode = status(of: path).map { $0.st_mode & 0o777 } ?? (0o666 & ~currentMask())
        // Not longer than a name may be, however long the file's is.
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        var template = Array("\(folder).swprof-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        let refusal = errno
        // A file may be writable where its folder is not.
        guard file >= 0 else { return status(of: path) == nil ? refusal : overwrite(path, fill) }
        var failure = fill(file)
        if failure == 0, fchmod(file, mode) != 0 { failure = errno }
        if close(file) != 0, failure == 0 { failure = errno }
        if failure == 0, rename(template, path) != 0 { failure = errno }
        if failure != 0 { unlink(template) }
        return failure
    }

    private static func overwrite(_ path: String, _ fill: (Int32) -> Int32) -> Int32 {
        let file = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
        guard file >= 0 else { return errno }
        let failure = fill(file)
        return close(file) == 0 || failure != 0 ? failure : errno
    }

    /// Writes all of `bytes` to a descriptor, and returns `errno` or 0.
    public static func put(_ bytes: [UInt8], into file: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var at = 0
            while at < buffer.count {
                let put = Glibc.write(file, buffer.baseAddress.map { $0 + at }, buffer.count - at)
                if put < 0, errno != EINTR { return errno }
                at += max(put, 0)
            }
            return 0
        }
    }

    /// The mask of new files' modes, which can only be read by setting it.
    private static func currentMask() -> mode_t {
        let mask = umask(0o077)
        umask(mask)
        return mask
    }
}
