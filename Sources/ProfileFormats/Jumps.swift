/// The jumps in a code object's instructions, as one version of CPython writes them.
struct Jumps {
    private let instructions: [UInt8]
    private let opcodes: Opcodes?

    /// The numbers of the instructions that matter, their specialised forms included.
    private struct Opcodes {
        var forward: Set<UInt8>
        var backward: Set<UInt8>
        var extendedArgument: Set<UInt8>

        /// From Include/opcode.h of 3.11.
        static let python3_11 = Opcodes(
            forward: [110, 111, 112, 114, 115, 128, 129], backward: [134, 140, 38], extendedArgument: [144, 34])
    }

    /// - Parameters:
    ///   - instructions: two bytes each, opcode and argument.
    ///   - python: the interpreter's version; no jump is known where its instructions are not.
    init(_ instructions: [UInt8], python: String) {
        self.instructions = instructions
        opcodes = python.hasPrefix("3.11.") ? .python3_11 : nil
    }

    /// The nearest instruction before `target` that jumps forward to it.
    ///
    /// Between instructions lie their caches, whose bytes may be anything; that one of them looks like
    /// a jump to just this place is less likely than one in ten thousand.
    func source(of target: Int) -> Int? {
        guard let opcodes, target > 0, 2 * target < instructions.count else { return nil }
        return (0..<target).last { at in
            opcodes.forward.contains(instructions[2 * at]) && at + 1 + argument(at: at, opcodes) == target
        }
    }

    /// The instruction that the backward jump at `at` leads to; `nil` where there is no such jump.
    func head(ofLoopEndingAt at: Int) -> Int? {
        guard let opcodes, at >= 0, 2 * at + 1 < instructions.count, opcodes.backward.contains(instructions[2 * at]) else { return nil }
        let head = at + 1 - argument(at: at, opcodes)
        return head >= 0 && head < at ? head : nil
    }

    /// An instruction's argument, with what the instructions before it add at the high end.
    private func argument(at: Int, _ opcodes: Opcodes) -> Int {
        var argument = Int(instructions[2 * at + 1])
        var prefix = at - 1
        var shift = 8
        while prefix >= 0, shift < 32, opcodes.extendedArgument.contains(instructions[2 * prefix]) {
            argument |= Int(instructions[2 * prefix + 1]) << shift
            prefix -= 1
            shift += 8
        }
        return argument
    }
}
