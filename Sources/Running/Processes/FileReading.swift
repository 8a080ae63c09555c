import Glibc

/// Whole files as bytes.
public enum FileReading {
    public struct Failure: Error {}

    /// Whether there is something in the file, without reading it.
    static func isWritten(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_size > 0
    }

    /// Of a file whose size nobody tells, as those of `/proc`.
    static func allBytes(of path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure() }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let got = read(descriptor, &part, part.count)
            guard got >= 0 else { throw Failure() }
            if got == 0 { return bytes }
            bytes += part[..<got]
        }
    }

    public static func bytes(of path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure() }
        return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            while count < buffer.count {
                let got = read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                if got <= 0 { return }
                count += got
            }
        }
    }
}
