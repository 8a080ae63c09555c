import CMachine
import Glibc

/// Whether the memory of another process is still that of the program that was found there: a process that ends, or starts
/// another program in its place (exec), gives it up.
///
/// A file of the kernel's is of the memory that was there when it was opened, whatever the process does.
final class TargetPresence {
    private let path: String
    private let address: UInt
    /// Opened by the thread that looks: the others have descriptors of their own.
    private var file: Int32 = -1

    /// - Parameter address: one that can be read as long as it is there.
    init(of process: pid_t, at address: UInt) {
        path = "/proc/\(process)/mem"
        self.address = address
    }

    func isThere() -> Bool {
        if file < 0 { file = machine_open(path, O_RDONLY) }
        var byte: UInt8 = 0
        return file >= 0 && pread(file, &byte, 1, off_t(bitPattern: address)) == 1
    }
}
