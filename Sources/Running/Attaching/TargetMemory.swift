import Glibc

/// The memory of a process, as a file of the kernel's: whether it is still that of the program that was found there.
///
/// A process gives its memory up as it ends, or as it starts another program in its place (exec).
final class TargetMemory: Sendable {
    private let file: Int32
    /// A part that is there as long as the memory is.
    private let address: UInt64

    /// Whether the system lets us look into a process.
    static func canOpen(_ process: pid_t) -> Bool {
        let file = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        if file >= 0 { close(file) }
        return file >= 0
    }

    /// `nil` where the process is gone.
    init?(of process: pid_t) {
        file = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        guard file >= 0, let maps = try? FileReading.allBytes(of: "/proc/\(process)/maps") else { return nil }
        let first = String(decoding: maps.prefix { $0 != UInt8(ascii: "-") }, as: UTF8.self)
        guard let address = UInt64(first, radix: 16) else { return nil }
        self.address = address
    }

    deinit { if file >= 0 { close(file) } }

    var isThere: Bool {
        var byte: UInt8 = 0
        return pread(file, &byte, 1, off_t(bitPattern: UInt(address))) == 1
    }
}
