import CMachine
import Glibc

/// What one system call copied of another process's memory: all that the last looks at it read, which the next will mostly read
/// again.
///
/// A look at a stack reads some twenty places, one leading to the other. Each alone would be a system call, and the process's
/// thread waits for its processor meanwhile.
struct MemorySnapshot: @unchecked Sendable {
    // Raw memory that lives as long as the process; one thread works with it at a time.
    private struct State {
        var count = 0
        var wanted = 0
        /// How many bytes were copied.
        var copied = 0
        var takes: UInt32 = 0
        var missed = 0
        var isSealed = false
    }

    private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    /// What is copied each time, and behind it what was found missing; room for one more that is copied last.
    private let pieces = UnsafeMutablePointer<machine_piece>.allocate(capacity: 2 * most + 1)
    /// Where each lies among the bytes, and in which copy it was read last.
    private let places = UnsafeMutablePointer<(offset: Int, used: UInt32)>.allocate(capacity: most)
    private let bytes = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 16)

    private static let most = 48
    private static let room = 1 << 17
    /// What so many looks have not read is left out.
    private static let memory: UInt32 = 4
    /// What lies that near to another piece in the same page is copied with it.
    private static let near: UInt = 256
    private static let page: UInt = 4096

    init() { state.initialize(to: State()) }

    /// How many places were asked for, since the last copy, that are not in it.
    var missed: Int { state.pointee.missed }

    /// Whether what is not in the copy counts as not there: then nobody asks the process.
    @_noLocks
    func isSealed() -> Bool { state.pointee.isSealed }

    func seal(_ isSealed: Bool) { state.pointee.isSealed = isSealed }

    /// Copies anew.
    ///
    /// - Parameter last: where a word is that is to be copied behind all else.
    /// - Returns: that word; `nil` where it is not there.
    @discardableResult
    func take(of process: pid_t, last: UInt = 0) -> UInt? {
        let count = state.pointee.count
        let end = count == 0 ? 0 : places[count - 1].offset + Int(pieces[count - 1].size)
        pieces[count] = machine_piece(address: last, size: last == 0 ? 0 : 8)
        // What was found missing has found its place by now.
        state.pointee.wanted = 0
        state.pointee.missed = 0
        state.pointee.takes &+= 1
        state.pointee.copied = max(0, Int(machine_copy_pieces(process, pieces, UInt(count + 1), bytes, UInt(end + 8))))
        guard last != 0, state.pointee.copied == end + 8 else { return nil }
        return load(UInt(bitPattern: bytes) &+ UInt(end))
    }

    /// Copies from the copy; false where it does not have that.
    @_noLocks
    func copy(from address: UInt, to destination: UnsafeMutableRawPointer, size: Int) -> Bool {
        var at = 0
        while at < state.pointee.count {
            let into = address &- pieces[at].address
            if into < pieces[at].size, UInt(size) <= pieces[at].size &- into {
                let place = places[at].offset &+ Int(bitPattern: into)
                guard place &+ size <= state.pointee.copied else { break }
                places[at].used = state.pointee.takes
                machine_copy_bytes(destination, bytes + place, UInt(size))
                return true
            }
            at &+= 1
        }
        want(address, UInt(size))
        return false
    }

    @_noLocks
    private func want(_ address: UInt, _ size: UInt) {
        state.pointee.missed &+= 1
        guard state.pointee.wanted < Self.most else { return }
        pieces[Self.most &+ 1 &+ state.pointee.wanted] = machine_piece(address: address, size: size)
        state.pointee.wanted &+= 1
    }

    /// Decides by what was read since the last copy what the next is to have.
    func learn() {
        let wanted = (0..<state.pointee.wanted).map { pieces[Self.most + 1 + $0] }
        let count = state.pointee.count
        let isWhole = count == 0 || places[count - 1].offset + Int(pieces[count - 1].size) <= state.pointee.copied
        let takes = state.pointee.takes
        guard !wanted.isEmpty || !isWhole || (0..<count).contains(where: { takes &- places[$0].used > Self.memory })
        else { return }
        var kept = (0..<count).filter { isThere($0) && takes &- places[$0].used <= Self.memory }.map {
            (piece: pieces[$0], used: places[$0].used)
        }
        for piece in wanted { Self.add(piece, takes, to: &kept) }
        plan(kept)
    }

    private func isThere(_ piece: Int) -> Bool {
        places[piece].offset + Int(pieces[piece].size) <= state.pointee.copied
    }

    private static func add(
        _ new: machine_piece, _ takes: UInt32, to kept: inout [(piece: machine_piece, used: UInt32)]
    ) {
        for at in kept.indices {
            guard let whole = joined(kept[at].piece, new) else { continue }
            kept[at] = (whole, takes)
            return
        }
        kept.append((new, takes))
    }

    /// Both as one, where one holds the beginning of the other, or both lie near each other in one page.
    private static func joined(_ one: machine_piece, _ other: machine_piece) -> machine_piece? {
        let start = min(one.address, other.address)
        let end = max(one.address &+ one.size, other.address &+ other.size)
        let isNear = end &- start <= one.size &+ other.size &+ near && start / page == (end &- 1) / page
        guard one.address == other.address || isNear else { return nil }
        return machine_piece(address: start, size: end &- start)
    }

    private func plan(_ kept: [(piece: machine_piece, used: UInt32)]) {
        var (count, offset) = (0, 0)
        for (piece, used) in kept where count < Self.most && offset + Int(piece.size) <= Self.room - 8 {
            pieces[count] = piece
            places[count] = (offset, used)
            offset += Int(piece.size)
            count += 1
        }
        (state.pointee.count, state.pointee.wanted, state.pointee.copied) = (count, 0, 0)
    }
}
