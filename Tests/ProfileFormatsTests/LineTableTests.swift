import Testing

@testable import ProfileFormats

/// The sieve's loop as CPython 3.11 compiles it, from its `for` to its jump back.
private enum SieveLoop {
    /// Lines 7 (2 units), 8 (2 units), 9 (1 unit), 10 (2 units), no line (1 unit), 11 (1 unit).
    static let table: [UInt8] = [
        entry(13, units: 2), signed(3), entry(13, units: 2), signed(1), entry(13, units: 1), signed(1),
        entry(13, units: 2),
        signed(1), entry(15, units: 1), entry(13, units: 1), signed(1),
    ]
    /// FOR_ITER, STORE, CONTAINS, POP_JUMP_FORWARD_IF_FALSE to 7, …, JUMP_BACKWARD to 0, RETURN.
    static let instructions: [UInt8] = [93, 7, 125, 0, 118, 1, 114, 3, 0, 0, 0, 0, 0, 0, 140, 8, 83, 0]

    static func lines(python: String, instructions: [UInt8] = instructions) -> [Int] {
        let table = LineTable(table, firstLine: 4, jumps: Jumps(instructions, python: python))
        return (-1...9).map(table.line(ofInstruction:))
    }

    private static func entry(_ code: UInt8, units: UInt8) -> UInt8 { 0x80 | code << 3 | (units - 1) }
    private static func signed(_ delta: UInt8) -> UInt8 { delta << 1 }
}

@Suite struct LineTableTests {
    @Test func aJumpBackWithoutALineCountsForTheLineThatJumpsToIt() {
        #expect(SieveLoop.lines(python: "3.11.2") == [4, 7, 7, 8, 8, 9, 10, 10, 8, 11, 4])
    }

    /// From 3.13 on jumps have caches of their own, behind which they count.
    @Test func jumpsCountFromBehindTheirCaches() {
        let instructions: [UInt8] = [72, 6, 110, 0, 97, 3, 9, 9, 0, 0, 0, 0, 0, 0, 77, 9, 9, 9]
        let jumps = Jumps(instructions, python: "3.13.5")
        #expect(jumps.source(of: 7) == 2 && jumps.source(of: 6) == nil && jumps.head(ofLoopEndingAt: 7) == 0)
        #expect(Jumps(instructions, python: "3.12.1").source(of: 7) == nil)
    }

    @Test func whereNoLineJumpsToItItCountsForTheLoopsHead() {
        var without = SieveLoop.instructions
        without[6] = 0
        #expect(SieveLoop.lines(python: "3.11.2", instructions: without) == [4, 7, 7, 8, 8, 9, 10, 10, 7, 11, 4])
    }

    @Test func whereInstructionsAreNotKnownItCountsForTheFunction() {
        #expect(SieveLoop.lines(python: "3.99.0") == [4, 7, 7, 8, 8, 9, 10, 10, 4, 11, 4])
        #expect(SieveLoop.lines(python: "3.11.2", instructions: []) == [4, 7, 7, 8, 8, 9, 10, 10, 4, 11, 4])
    }

    @Test func everyTruncatedTableTellsWhatItHasTold() {
        for length in 0..<SieveLoop.table.count {
            let table = LineTable(Array(SieveLoop.table.prefix(length)), firstLine: 4, jumps: Jumps([], python: ""))
            #expect((0..<20).allSatisfy { (4...11).contains(table.line(ofInstruction: $0)) })
        }
    }
}
