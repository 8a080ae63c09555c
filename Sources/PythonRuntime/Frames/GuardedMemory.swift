import CMachine
import Glibc

/// Reads memory that may not be there, of this process or of another: the kernel copies it, or says no.
/// Costs about 1.5 µs a reading; safe in a signal handler.
struct GuardedMemory: Sendable {
    let process: pid_t
    /// Of another process: what was copied beforehand, where something was.
    private let snapshot: MemorySnapshot?

    init(of process: pid_t = getpid(), _ snapshot: MemorySnapshot? = nil) {
        (self.process, self.snapshot) = (process, snapshot)
    }

    /// Copies `size` bytes from `address`; false where any of them cannot be read.
    @_noLocks
    func copy(from address: UInt, to destination: UnsafeMutableRawPointer, size: Int) -> Bool {
        if let snapshot {
            if snapshot.copy(from: address, to: destination, size: size) { return true }
            if snapshot.isSealed() { return false }
        }
        return machine_copy(process, address, destination, UInt(size)) == size
    }

    /// The 8 bytes at `address`.
    @_noLocks
    func word(at address: UInt) -> UInt? {
        var word: UInt = 0
        return copy(from: address, to: &word, size: 8) ? word : nil
    }

    /// Whether these words stand at these places, of 8 bytes each, by one reading of all; no more than `mostAtOnce`.
    func holds(_ words: [UInt], at places: [machine_piece]) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt.self, capacity: Self.mostAtOnce) { read in
            let size = 8 * places.count
            return machine_copy_pieces(process, places, UInt(places.count), read.baseAddress, UInt(size)) == size
                && words.elementsEqual(read.prefix(places.count))
        }
    }

    static let mostAtOnce = 128
}
