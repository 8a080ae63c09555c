import Glibc

/// The lines of a text without the white space at their ends: of bytes, or of a file that is read as the lines are.
struct TextLines {
    private var bytes: [UInt8]
    private var at = 0
    private(set) var number = 0
    private let file: TextFile?

    init(_ bytes: [UInt8]) { (self.bytes, file) = (bytes, nil) }
    init(_ file: TextFile) { (bytes, self.file) = ([], file) }

    /// A line of a file is valid until the next one is asked for: whoever keeps it copies it.
    mutating func next() -> ArraySlice<UInt8>? {
        var end = lineEnd(from: at)
        while end == nil, readOn() { end = lineEnd(from: at) }
        guard at < bytes.count else { return nil }
        var line = bytes[at..<(end ?? bytes.count)]
        at = (end ?? bytes.count) + 1
        number += 1
        while let last = line.last, last == UInt8(ascii: " ") || 9...13 ~= last { line.removeLast() }
        return line
    }

    private func lineEnd(from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            return memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start).map {
                UnsafeRawPointer($0) - base
            }
        }
    }

    /// Puts more of the file behind what is left of it; false at its end.
    private mutating func readOn() -> Bool {
        guard let file else { return false }
        let left = at < bytes.count ? Array(bytes[at...]) : []
        let more = file.next(after: left.count)
        guard !more.isEmpty else { return false }
        (bytes, at) = (left + more, 0)
        return true
    }
}

/// A text that may be larger than what is to be held of it, read from its beginning.
final class TextFile {
    private static let chunk = 1 << 20
    /// A line may have as many bytes.
    private static let longestLine = 1 << 24

    private let file: Int32
    private let path: String
    /// What ended it before its end.
    private(set) var failure: FormatError?

    init(_ path: String) throws(FormatError) {
        file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileBytes.unreadable(path, errno) }
        self.path = path
    }

    deinit { close(file) }

    /// What follows; nothing at the end, and where the line that it is to go on with is too long.
    func next(after length: Int) -> [UInt8] {
        guard length <= Self.longestLine else {
            failure = .tooLarge("a line has more than \(Self.longestLine) bytes")
            return []
        }
        let read = FileBytes.readChunk(of: file, atMost: Self.chunk)
        if read.error != 0 { failure = FileBytes.unreadable(path, read.error) }
        return read.bytes
    }
}
