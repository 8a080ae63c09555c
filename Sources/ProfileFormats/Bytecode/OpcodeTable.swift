import Capture

/// The opcodes of one version of CPython: their names, and how many units of caches stand behind each.
///
/// Each is the number by which the compiler knows an instruction, then those that it is replaced by while the program
/// runs or is watched. One that does the work of two counts as the first of them. Left out are those that stand for
/// any instruction: what they have replaced is told elsewhere.
struct OpcodeTable: Sendable {
    private var entries = [(name: String, caches: Int)?](repeating: nil, count: 256)
    private(set) var forwardJumps: Set<UInt8> = []
    private(set) var backwardJumps: Set<UInt8> = []
    private(set) var extendedArguments: Set<UInt8> = []

    /// `nil` for a version whose numbers are not known.
    static func of(python: String) -> OpcodeTable? {
        switch SupportedPython(version: python) {
        case .python3_11: python3_11
        case .python3_12: python3_12
        case .python3_13: python3_13
        case .python3_14: python3_14
        case .python3_15: python3_15
        case nil: nil
        }
    }

    func name(_ opcode: UInt8) -> String? { entries[Int(opcode)]?.name }
    func caches(behind opcode: UInt8) -> Int? { entries[Int(opcode)]?.caches }

    /// - Parameter table: `NAME+CACHES NUMBER NUMBER …` for each, with commas between.
    init(_ table: String) {
        for entry in table.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
            let words = entry.split(separator: " ")
            guard let head = words.first?.split(separator: "+") else { continue }
            let numbers = words.dropFirst().compactMap { UInt8($0) }
            for number in numbers { entries[Int(number)] = (String(head[0]), head.count > 1 ? Int(head[1]) ?? 0 : 0) }
            addJump(String(head[0]), numbers)
        }
    }

    private mutating func addJump(_ name: String, _ numbers: [UInt8]) {
        switch name {
        case "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT": backwardJumps.formUnion(numbers)
        case "EXTENDED_ARG": extendedArguments.formUnion(numbers)
        case "JUMP_FORWARD": forwardJumps.formUnion(numbers)
        case _ where name.contains("JUMP_IF_") || name.hasPrefix("POP_JUMP_FORWARD_"): forwardJumps.formUnion(numbers)
        default: break
        }
    }
}
