import Glibc

/// What a program's file holds.
enum ExecutableText {
    /// Whether a text stands in a file, ended by a zero as the names of symbols are.
    static func contains(_ text: String, in path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_size > 0,
            let map = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0), map != MAP_FAILED
        else { return false }
        defer { munmap(map, Int(status.st_size)) }
        return find(Array(text.utf8) + [0], in: UnsafeRawBufferPointer(start: map, count: Int(status.st_size)))
    }

    private static func find(_ bytes: [UInt8], in all: UnsafeRawBufferPointer) -> Bool {
        guard var at = all.baseAddress, let first = bytes.first else { return false }
        let end = at + all.count
        while let found = memchr(at, Int32(first), end - at) {
            if UnsafeRawPointer(found) + bytes.count <= end, memcmp(found, bytes, bytes.count) == 0 { return true }
            at = UnsafeRawPointer(found) + 1
        }
        return false
    }
}
