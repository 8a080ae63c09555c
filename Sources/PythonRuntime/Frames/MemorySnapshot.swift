import CMachine
import Capture

/// Pieces of another process's memory as they were at one moment: the first or the second reading of a pair.
struct MemorySnapshot: @unchecked Sendable {
    // Raw memory that lives as long as the process; used by the thread that looks, and by no other.
    private let pieces: UnsafeMutablePointer<machine_piece>
    private let bytes: UnsafeMutablePointer<UInt8>
    /// How many pieces there are, and how many bytes.
    private let count: UnsafeMutablePointer<Int>
    private let length: UnsafeMutablePointer<Int>
    private let isSecond: Bool

    private static let mostPieces = 24
    /// What all pieces may hold together.
    static let capacity = 10 * StackRoom.chunkSize

    /// Two readings of the same pieces.
    static func pair() -> (first: MemorySnapshot, second: MemorySnapshot) {
        let first = MemorySnapshot()
        return (first, MemorySnapshot(secondOf: first))
    }

    private init() {
        pieces = .allocate(capacity: Self.mostPieces)
        bytes = .allocate(capacity: 2 * Self.capacity)
        count = .allocate(capacity: 1)
        length = .allocate(capacity: 1)
        count.initialize(to: 0)
        length.initialize(to: 0)
        isSecond = false
    }

    private init(secondOf first: MemorySnapshot) {
        (pieces, bytes, count, length) = (first.pieces, first.bytes, first.count, first.length)
        isSecond = true
    }

    /// Reads the pieces twice in one system call, the second time a microsecond or two after the first; false where any
    /// of it cannot be read.
    func readBoth(_ wanted: [machine_piece], of process: Int32) -> Bool {
        count.pointee = 0
        let size = wanted.reduce(0) { $0 + Int(bitPattern: $1.size) }
        guard wanted.count <= Self.mostPieces, size <= Self.capacity else { return false }
        for (at, piece) in wanted.enumerated() { pieces[at] = piece }
        guard machine_copy_pieces(process, pieces, Int32(wanted.count), 2, bytes) == Int64(2 * size) else {
            return false
        }
        (count.pointee, length.pointee) = (wanted.count, size)
        return true
    }

    /// Nothing is taken from here until it is read again.
    func forget() { count.pointee = 0 }

    /// Whether all of it is in one of the pieces.
    func holds(_ address: UInt, size: Int) -> Bool { place(of: address, size: size) != nil }

    /// Puts a word in the place of the one that was read.
    func put(_ word: UInt, at address: UInt) {
        guard let place = place(of: address, size: 8) else { return }
        UnsafeMutableRawPointer(place).storeBytes(of: word, as: UInt.self)
    }

    /// False where not all of it is in one of the pieces.
    @_noLocks
    func copy(from address: UInt, to destination: UnsafeMutableRawPointer, size: Int) -> Bool {
        guard let place = place(of: address, size: size) else { return false }
        machine_copy_bytes(destination, place, UInt(bitPattern: size))
        return true
    }

    @_noLocks @inline(__always)
    private func place(of address: UInt, size: Int) -> UnsafeMutablePointer<UInt8>? {
        var offset = isSecond ? length.pointee : 0
        var at = 0
        while at < count.pointee {
            let piece = pieces[at]
            let inside = address &- piece.at
            if inside < piece.size, piece.size &- inside >= UInt(bitPattern: size) {
                return bytes + (offset &+ Int(bitPattern: inside))
            }
            offset = offset &+ Int(bitPattern: piece.size)
            at &+= 1
        }
        return nil
    }
}
