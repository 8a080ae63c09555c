import Testing

@testable import Capture

@Suite struct SampleSlotsTests {
    @Test func slotsAreMadeByTheBlockAndStay() throws {
        let slots = try #require(SampleSlots())
        let first = try #require(slots[0])
        let far = try #require(slots[3 * SampleSlots.perBlock + 5])
        #expect(slots[0] == first && slots[3 * SampleSlots.perBlock + 5] == far && first != far)
        #expect(slots.contains(UnsafeRawPointer(far)), "a block that was made before those between")
        far.pointee.request = 7
        #expect(slots[3 * SampleSlots.perBlock + 5]?.pointee.request == 7)
    }

    /// A signal may bring any pointer.
    @Test func onlySlotsAreSlots() throws {
        let slots = try #require(SampleSlots())
        let first = UnsafeRawPointer(try #require(slots[0]))
        let last = UnsafeRawPointer(try #require(slots[SampleSlots.perBlock - 1]))
        #expect(slots.contains(first) && slots.contains(last))
        #expect(!slots.contains(first + 8) && !slots.contains(first - MemoryLayout<SampleSlot>.stride))
        #expect(!slots.contains(last + MemoryLayout<SampleSlot>.stride))
        // Of a block that is not there yet, and of one behind it.
        let later = UnsafeRawPointer(try #require(slots[SampleSlots.perBlock]))
        #expect(slots.contains(later))
    }
}
