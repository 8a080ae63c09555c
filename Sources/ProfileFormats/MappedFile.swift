import Glibc

/// A file's bytes where they are, read from the disk as they are looked at: of files that may be larger than memory.
final class MappedFile {
    let bytes: UnsafeRawBufferPointer

    init(_ path: String) throws(FormatError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileBytes.unreadable(path, errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw FileBytes.unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FormatError("cannot read \(path): it is no file", remedy: "give the path of a file")
        }
        guard status.st_size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let size = Int(status.st_size)
        guard let map = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), map != MAP_FAILED else {
            throw FileBytes.unreadable(path, errno)
        }
        madvise(map, size, MADV_SEQUENTIAL)
        bytes = UnsafeRawBufferPointer(start: map, count: size)
    }

    deinit { if let map = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: map), bytes.count) } }
}
