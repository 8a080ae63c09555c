import CMachine
import Glibc

/// Reads memory that may not be there, of this process or of another: the kernel copies it, or says no.
/// Costs about 1.5 µs a reading; safe in a signal handler.
struct GuardedMemory: Sendable {
    let process: pid_t

    init(of process: pid_t = getpid()) { self.process = process }

    /// Copies `size` bytes from `address`; false where any of them cannot be read.
    @_noLocks
    func copy(from address: UInt, to destination: UnsafeMutableRawPointer, size: Int) -> Bool {
        machine_copy(process, address, destination, UInt(size)) == size
    }

    /// The 8 bytes at `address`.
    @_noLocks
    func word(at address: UInt) -> UInt? {
        var word: UInt = 0
        return copy(from: address, to: &word, size: 8) ? word : nil
    }

    /// Whether these words stand at these addresses, by one reading of all; no more than `mostAtOnce`.
    func holds(_ words: [UInt64], at addresses: [UInt]) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.mostAtOnce) { read in
            machine_copy_words(process, addresses, read.baseAddress, Int32(addresses.count)) != 0
                && words.elementsEqual(read.prefix(addresses.count))
        }
    }

    static let mostAtOnce = 128
}
