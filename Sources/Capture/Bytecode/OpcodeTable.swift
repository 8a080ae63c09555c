/// The opcodes of one version of CPython: their names, and how many units of caches stand behind each.
///
/// Each is the number by which the compiler knows an instruction, then those that it is replaced by while the program
/// runs or is watched. One that does the work of two counts as the first of them. Left out are those that stand for
/// any instruction: what they have replaced is told elsewhere.
public struct OpcodeTable: Sendable {
    /// What a version says of one of its instructions.
    private struct Entry {
        var name: String
        var caches: Int
        /// The number by which the compiler knows it.
        var base: UInt8
        var flow: Flow
    }

    /// Where execution goes from an instruction.
    public enum Flow: Sendable {
        case on
        /// On, or forward or backward by as many units as its argument says.
        case forward, backward
        /// Only there.
        case alwaysForward, alwaysBackward
        /// Out of the function, or to a handler of exceptions.
        case out
    }

    private var entries = [Entry?](repeating: nil, count: 256)
    public private(set) var forwardJumps: Set<UInt8> = []
    public private(set) var backwardJumps: Set<UInt8> = []
    public private(set) var extendedArguments: Set<UInt8> = []

    public static func of(_ python: SupportedPython) -> OpcodeTable {
        switch python {
        case .python3_11: python3_11
        case .python3_12: python3_12
        case .python3_13: python3_13
        case .python3_14: python3_14
        case .python3_15: python3_15
        }
    }

    public func name(_ opcode: UInt8) -> String? { entries[Int(opcode)]?.name }
    public func caches(behind opcode: UInt8) -> Int? { entries[Int(opcode)]?.caches }
    /// The number by which the compiler knows it.
    public func base(of opcode: UInt8) -> UInt8? { entries[Int(opcode)]?.base }
    public func flow(from opcode: UInt8) -> Flow? { entries[Int(opcode)]?.flow }

    /// - Parameter table: `NAME+CACHES NUMBER NUMBER …` for each, with commas between.
    init(_ table: String) {
        for entry in table.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
            let words = entry.split(separator: " ")
            guard let head = words.first?.split(separator: "+") else { continue }
            let numbers = words.dropFirst().compactMap { UInt8($0) }
            guard let base = numbers.first else { continue }
            let name = String(head[0])
            let caches = head.count > 1 ? Int(head[1]) ?? 0 : 0
            let entry = Entry(name: name, caches: caches, base: base, flow: Self.flow(name))
            for number in numbers { entries[Int(number)] = entry }
            addJump(name, numbers)
        }
    }

    private static func flow(_ name: String) -> Flow {
        switch name {
        case "RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS", "RERAISE", "INTERPRETER_EXIT": .out
        case "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT": .alwaysBackward
        case "JUMP_FORWARD": .alwaysForward
        case "FOR_ITER", "SEND": .forward
        case _ where name.hasPrefix("POP_JUMP_BACKWARD_"): .backward
        case _ where name.hasPrefix("POP_JUMP_") || name.hasPrefix("JUMP_IF_"): .forward
        default: .on
        }
    }

    private mutating func addJump(_ name: String, _ numbers: [UInt8]) {
        switch Self.flow(name) {
        case .alwaysBackward: backwardJumps.formUnion(numbers)
        case .alwaysForward: forwardJumps.formUnion(numbers)
        case .forward where name != "FOR_ITER" && name != "SEND": forwardJumps.formUnion(numbers)
        default: if name == "EXTENDED_ARG" { extendedArguments.formUnion(numbers) }
        }
    }
}
