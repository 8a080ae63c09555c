import Capture
import Testing

@testable import ProfileFormats

@Suite struct InstructionsTests {
    /// RESUME 0; LOAD_GLOBAL with its five caches; PRECALL with one; CALL with four; RETURN_VALUE.
    private let code: [UInt8] =
        [151, 0] + [116, 1] + Array(repeating: 171, count: 10) + [166, 0, 7, 7] + [171, 0]
        + Array(repeating: 9, count: 8) + [83, 0]

    @Test func eachUnitBelongsToItsInstruction() {
        let instructions = Instructions(code, python: "3.11.2")
        let names = (0..<15).map { instructions.name(at: $0) }
        #expect(names[0] == "RESUME" && names[1...6].allSatisfy { $0 == "LOAD_GLOBAL" })
        #expect(names[7...8].allSatisfy { $0 == "PRECALL" } && names[9...13].allSatisfy { $0 == "CALL" })
        #expect(names[14] == "RETURN_VALUE")
    }

    @Test func whatTheInterpreterReplacedKeepsItsName() {
        let replaced: [(UInt8, String)] = [
            (150, "RESUME"), (38, "JUMP_BACKWARD"), (34, "EXTENDED_ARG"), (23, "CALL"), (46, "LOAD_FAST"),
            (78, "PRECALL"),
        ]
        for (number, name) in replaced { #expect(Instructions([number, 0], python: "3.11.9").name(at: 0) == name) }
    }

    @Test(arguments: [("3.12.1", 171, 241), ("3.13.5", 53, 244), ("3.14.10", 52, 250), ("3.15.2", 50, 249)])
    func anInstructionThatIsWatchedKeepsItsNameAndItsCaches(python: String, call: UInt8, watched: UInt8) {
        for number in [call, watched] {
            let instructions = Instructions([number, 1, 1, 1, 2, 2, 3, 3, number, 1], python: python)
            #expect((0..<5).allSatisfy { instructions.name(at: $0) == "CALL" })
        }
        #expect(Instructions([254, 0, call, 0], python: python).name(at: 0) == nil)
    }

    @Test func whatIsNotKnownHasNoName() {
        let instructions = Instructions(code, python: "3.11.2")
        for unit in [-1, 15, .max, .min] { #expect(instructions.name(at: unit) == nil) }
        #expect(Instructions(code, python: "3.\(SupportedPython.newest.minor + 1).0").name(at: 0) == nil)
        #expect(Instructions(code, python: "3.1").name(at: 0) == nil)
        #expect(Instructions([], python: "3.11.2").name(at: 0) == nil)
        let damaged = Instructions([151, 0, 255, 0, 151, 0], python: "3.11.2")
        #expect(damaged.name(at: 0) == "RESUME" && damaged.name(at: 1) == nil && damaged.name(at: 2) == nil)
        #expect(Instructions([171], python: "3.11.2").name(at: 0) == nil)
        #expect(Instructions([171, 0, 0], python: "3.11.2").name(at: 0) == "CALL")
    }
}
