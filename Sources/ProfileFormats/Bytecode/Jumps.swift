import Capture

/// The jumps in a code object's instructions, as one version of CPython writes them.
struct Jumps {
    private let instructions: [UInt8]
    private let opcodes: OpcodeTable?

    /// - Parameters:
    ///   - instructions: two bytes each, opcode and argument.
    ///   - python: the interpreter's version; no jump is known where its instructions are not.
    init(_ instructions: [UInt8], python: String) {
        self.instructions = instructions
        opcodes = SupportedPython(version: python).map(OpcodeTable.of)
    }

    /// The nearest instruction before `target` that jumps forward to it.
    ///
    /// Between instructions lie their caches, whose bytes may be anything; that one of them looks like
    /// a jump to just this place is less likely than one in ten thousand.
    func source(of target: Int) -> Int? {
        guard let opcodes, target > 0, 2 * target < instructions.count else { return nil }
        return (0..<target).last { at in
            opcodes.forwardJumps.contains(instructions[2 * at])
                && next(at, opcodes) + argument(at: at, opcodes) == target
        }
    }

    /// The instruction that the backward jump at `at` leads to; `nil` where there is no such jump.
    func head(ofLoopEndingAt at: Int) -> Int? {
        guard let opcodes, at >= 0, 2 * at + 1 < instructions.count,
            opcodes.backwardJumps.contains(instructions[2 * at])
        else { return nil }
        let head = next(at, opcodes) - argument(at: at, opcodes)
        return head >= 0 && head < at ? head : nil
    }

    /// Jumps count from the instruction behind their own caches.
    private func next(_ at: Int, _ opcodes: OpcodeTable) -> Int {
        at + 1 + (opcodes.caches(behind: instructions[2 * at]) ?? 0)
    }

    /// An instruction's argument, with what the instructions before it add at the high end.
    private func argument(at: Int, _ opcodes: OpcodeTable) -> Int {
        var argument = Int(instructions[2 * at + 1])
        var prefix = at - 1
        var shift = 8
        while prefix >= 0, shift < 32, opcodes.extendedArguments.contains(instructions[2 * prefix]) {
            argument |= Int(instructions[2 * prefix + 1]) << shift
            prefix -= 1
            shift += 8
        }
        return argument
    }
}
