import Glibc
import Running

/// A lock on a results file, which goes with its process however that ends.
final class StoreLock: Sendable {
    private let descriptor: Int32

    init(_ path: String, option: String) throws(RunningError) {
        // SQLite's own locks are of another kind, and would be lost if this were closed before its connection is.
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .failed(
                "cannot write '\(path)': \(String(cString: strerror(errno))); name another file with \(option)")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw .failed("another run is adding to '\(path)'; wait for it, or name another file with \(option)")
        }
    }

    deinit { close(descriptor) }
}
