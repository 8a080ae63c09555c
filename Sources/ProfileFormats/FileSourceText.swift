import Glibc
import ProfileModel
import Synchronization

/// Source files as they stand on this machine, each read once.
///
/// A profile from elsewhere may name any file, and reports are passed on: only regular files of at
/// most 4 MB that are Python by their ending or by their first line are read.
public final class FileSourceText: SourceText {
    private static let largest = 4 << 20
    private let cache = Mutex<[String: [String]?]>([:])

    public init() {}

    public func lines(of file: String) -> [String]? {
        cache.withLock { cache in
            if let known = cache[file] { return known }
            let lines = Self.read(file).map(Self.split)
            cache[file] = .some(lines)
            return lines
        }
    }

    private static func read(_ file: String) -> [UInt8]? {
        guard !file.utf8.contains(0) else { return nil }
        // Without O_NONBLOCK, opening a FIFO would wait for its writer.
        let descriptor = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= largest
        else { return nil }
        let bytes = contents(of: descriptor, size: Int(status.st_size))
        return isPython(file, bytes) ? bytes : nil
    }

    private static func contents(of descriptor: Int32, size: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            while let start = buffer.baseAddress, filled < size {
                let count = Glibc.read(descriptor, start + filled, size - filled)
                guard count > 0 else { break }
                filled += count
            }
        }
    }

    private static func isPython(_ file: String, _ bytes: [UInt8]) -> Bool {
        if file.hasSuffix(".py") || file.hasSuffix(".pyw") { return true }
        let first = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }.prefix(256), as: UTF8.self)
        return first.hasPrefix("#!") && first.contains("python")
    }

    /// Python ends a line at `\n`, `\r\n` and `\r`.
    private static func split(_ bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == 10 || byte == 13 {
            let isSecondHalf = byte == 10 && index > 0 && bytes[index - 1] == 13
            if !isSecondHalf { lines.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
            start = index + 1
        }
        if start < bytes.count { lines.append(String(decoding: bytes[start...], as: UTF8.self)) }
        return lines
    }
}
