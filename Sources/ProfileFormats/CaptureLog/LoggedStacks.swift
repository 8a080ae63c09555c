import Capture
import ProfileModel

/// What the stacks of a capture log come to in a profile's tables, with lines and instructions told.
struct LoggedStacks {
    /// What a stack of the log comes to.
    struct Node {
        var place: BlockStacks.Place
        /// The instruction on top, and the C function that is called there.
        var note: SampleNote?
    }

    /// By the log's number of a stack.
    private(set) var nodes: [UInt32: Node] = [0: Node(place: BlockStacks.Place())]
    private(set) var symbols = SymbolInterning()
    private let block: BlockStacks
    private let python: String
    private var lineTables: [UInt32: LineTable] = [:]
    private var instructions: [UInt32: Instructions] = [:]

    init(_ facts: [String: String], python: String) {
        block = BlockStacks(facts)
        self.python = python
    }

    /// Adds a stack whose caller was added before.
    mutating func add(_ stack: StackRecord, _ codes: [UInt32: CodeRecord], to table: inout StackTable) {
        guard let caller = nodes[stack.parent] else { return }
        let code = codes[stack.code]
        let function = Function(code)
        if code?.language == .c {
            let called = block.isPackages(function) ? nil : function.qualname
            nodes[stack.id] = Node(place: caller.place, note: SampleNote(opcode: caller.note?.opcode, called: called))
            return
        }
        let place = block.place(of: function, from: caller.place) { base in
            table.push(symbols.intern(function, line: line(of: stack, code)), onto: base)
        }
        nodes[stack.id] = Node(place: place, note: SampleNote(opcode: opcode(of: stack, code)))
    }

    private mutating func opcode(of stack: StackRecord, _ code: CodeRecord?) -> String? {
        guard let code, code.language == .python else { return nil }
        let known = instructions[stack.code] ?? Instructions(code.instructions, python: python)
        instructions[stack.code] = known
        return known.name(at: Int(stack.instruction))
    }

    private mutating func line(of stack: StackRecord, _ code: CodeRecord?) -> Int {
        guard let code, code.language == .python else { return 0 }
        let table =
            lineTables[stack.code]
            ?? LineTable(
                code.lineTable, firstLine: Int(code.firstLine), jumps: Jumps(code.instructions, python: python))
        lineTables[stack.code] = table
        return table.line(ofInstruction: Int(stack.instruction))
    }
}

extension Function {
    /// The function that a code record names.
    init(_ code: CodeRecord?) {
        guard let code else {
            self.init(name: "<unknown>", qualname: "<unknown>", file: "<unknown>", line: 0)
            return
        }
        let file = code.language == .c ? nil : code.file
        self.init(name: code.name, qualname: code.qualname, file: file, line: Int(code.firstLine))
    }
}
