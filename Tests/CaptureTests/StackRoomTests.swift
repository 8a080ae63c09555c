import Capture
import Testing

@Suite struct StackRoomTests {
    private func frame(_ address: UInt) -> SampledFrame {
        SampledFrame(
            code: SampledFrame.Code(address: address, nameHead: 0, nameLength: 1, firstLine: 1), instruction: 1)
    }

    /// Puts frames, root first, and gives the stack.
    private func put(_ addresses: [UInt], in room: StackRoom) -> UnsafeBufferPointer<SampledFrame> {
        for (below, address) in addresses.enumerated() { room.put(frame(address), above: below) }
        return room.stack(depth: addresses.count)
    }

    @Test func aStackIsLeafFirst() {
        let room = StackRoom.allocate()
        defer { room.deallocate() }
        #expect(put([1, 2, 3], in: room).map(\.code.address) == [3, 2, 1])
        #expect(put([1, 5], in: room).map(\.code.address) == [5, 1])
        #expect(put([], in: room).isEmpty)
    }

    @Test func framesThatStayLieWhereTheyLay() throws {
        let room = StackRoom.allocate()
        defer { room.deallocate() }
        let shallow = put([1, 2], in: room)
        let deep = put([1, 2, 3, 4], in: room)
        #expect(try #require(deep.baseAddress) + 2 == shallow.baseAddress)
    }

    @Test func theDeepestStackFits() {
        let room = StackRoom.allocate()
        defer { room.deallocate() }
        let addresses = (1...UInt(StackRoom.largestDepth)).map { $0 }
        let last = room.notes + StackRoom.largestDepth - 1
        last.initialize(to: FrameNote(code: 7, instruction: 8, holdsCode: true))
        room.chunk.storeBytes(of: 9, as: UInt8.self)
        #expect(put(addresses, in: room).map(\.code.address) == addresses.reversed())
        #expect(last.pointee.code == 7)
        #expect(room.chunk.load(as: UInt8.self) == 9)
    }
}
