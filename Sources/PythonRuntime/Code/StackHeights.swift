import CPython
import Capture

/// How many values a function has on its stack before each of its instructions.
///
/// While a function runs, the interpreter keeps that number in a register. But the compiler gave every instruction one height,
/// whichever way leads to it, so it follows from the instructions: the first finds an empty stack, a handler of exceptions
/// what the table of exceptions says, and each adds what the compiler's own `PyCompile_OpcodeStackEffectWithJump` says.
struct StackHeights {
    /// By unit; −1 where no way leads to.
    private var heights: [Int32]
    private let instructions: [UInt8]
    private let opcodes: OpcodeTable
    /// Where ways begin that are not followed yet.
    private var open: [(unit: Int, height: Int)] = []

    /// `nil` where an instruction is not known, or two ways to one disagree.
    init?(
        _ instructions: [UInt8], exceptions: [UInt8], first: Int, _ opcodes: OpcodeTable
    ) {
        self.instructions = instructions
        self.opcodes = opcodes
        heights = Array(repeating: -1, count: instructions.count / 2)
        open = [(0, first)]
        var table = ExceptionTable(exceptions)
        while let handler = table.next() { open.append(handler) }
        while let way = open.popLast() { guard follow(way.unit, way.height) else { return nil } }
    }

    /// Every instruction that a way leads to, in order: its unit, its number in the compiler, its argument, and the height before.
    func forEach(_ body: (_ unit: Int, _ opcode: UInt8, _ argument: Int, _ height: Int) -> Void) {
        var prefix = 0
        for unit in heights.indices where heights[unit] >= 0 {
            guard let opcode = opcodes.base(of: instructions[2 * unit]) else { continue }
            let argument = prefix << 8 | Int(instructions[2 * unit + 1])
            prefix = opcodes.extendedArguments.contains(opcode) ? argument : 0
            body(unit, opcode, argument, Int(heights[unit]))
        }
    }

    /// Goes on to where the way ends or meets one that was gone before.
    private mutating func follow(_ start: Int, _ first: Int) -> Bool {
        var (unit, height, prefix) = (start, first, 0)
        while heights.indices.contains(unit), height >= 0 {
            if heights[unit] >= 0 { return heights[unit] == height }
            heights[unit] = Int32(height)
            guard let opcode = opcodes.base(of: instructions[2 * unit]), let flow = opcodes.flow(from: opcode),
                let caches = opcodes.caches(behind: opcode)
            else { return false }
            let argument = prefix << 8 | Int(instructions[2 * unit + 1])
            prefix = opcodes.extendedArguments.contains(opcode) ? argument : 0
            let next = unit + 1 + caches
            if let target = Self.target(flow, from: next, argument) {
                open.append((target, height + Self.effect(opcode, argument, isJump: true)))
            }
            switch flow {
            case .out, .alwaysForward, .alwaysBackward: return true
            case .on, .forward, .backward: height += Self.effect(opcode, argument, isJump: false)
            }
            unit = next
        }
        return false
    }

    /// Where an instruction jumps to; `nil` where it is no jump.
    private static func target(_ flow: OpcodeTable.Flow, from next: Int, _ argument: Int) -> Int? {
        switch flow {
        case .forward, .alwaysForward: next + argument
        case .backward, .alwaysBackward: next - argument
        case .on, .out: nil
        }
    }

    /// What no stack allows where the compiler does not know the instruction.
    private static func effect(_ opcode: UInt8, _ argument: Int, isJump: Bool) -> Int {
        let effect = PyCompile_OpcodeStackEffectWithJump(
            Int32(opcode), Int32(truncatingIfNeeded: argument), isJump ? 1 : 0)
        return abs(Int(effect)) < 1 << 24 ? Int(effect) : -1 << 24
    }
}

/// Where handlers of exceptions begin, and how high the stack is there (Objects/exception_handling_notes.txt).
private struct ExceptionTable {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> (unit: Int, height: Int)? {
        guard number() != nil, number() != nil, let target = number(), let depth = number() else { return nil }
        // The lowest bit: whether the instruction's number is put down, too. Behind it comes the exception.
        return (target, depth >> 1 + depth & 1 + 1)
    }

    /// Six bits a byte, the highest first; a seventh says that there are more.
    private mutating func number() -> Int? {
        var number = 0
        while at < bytes.count, number < 1 << 40 {
            let byte = bytes[at]
            at += 1
            number = number << 6 | Int(byte & 63)
            if byte & 64 == 0 { return number }
        }
        return nil
    }
}
