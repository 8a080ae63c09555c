/// Where the backward jumps of a code object lead, in one version's instructions.
struct LoopHeads {
    private let instructions: [UInt8]
    private let opcodes: Opcodes?

    /// The numbers of the instructions that matter, their specialised forms included.
    private struct Opcodes {
        var backwardJumps: Set<UInt8>
        var extendedArguments: Set<UInt8>
    }

    /// - Parameters:
    ///   - instructions: two bytes each, opcode and argument.
    ///   - python: the interpreter's version; no jump is known where its instructions are not.
    init(_ instructions: [UInt8], python: String) {
        self.instructions = instructions
        // From Include/opcode.h of 3.11.
        opcodes = python.hasPrefix("3.11.") ? Opcodes(backwardJumps: [134, 140, 38], extendedArguments: [144, 34]) : nil
    }

    /// The instruction that a backward jump leads to; `nil` where there is no such jump.
    func head(ofJump at: Int) -> Int? {
        guard let opcodes, at >= 0, 2 * at + 1 < instructions.count, opcodes.backwardJumps.contains(instructions[2 * at]) else { return nil }
        var distance = Int(instructions[2 * at + 1])
        var prefix = at - 1
        var shift = 8
        while prefix >= 0, shift < 32, opcodes.extendedArguments.contains(instructions[2 * prefix]) {
            distance |= Int(instructions[2 * prefix + 1]) << shift
            prefix -= 1
            shift += 8
        }
        let head = at + 1 - distance
        return head >= 0 && head < at ? head : nil
    }
}
