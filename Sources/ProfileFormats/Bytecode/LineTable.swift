/// CPython's location table (PEP 657; Objects/locations.md in CPython): which instruction stands on which line.
struct LineTable {
    private struct Run {
        var end: Int
        /// `nil` for instructions that stand on no line.
        var line: Int?
    }

    private let firstLine: Int
    private let jumps: Jumps
    private var runs: [Run] = []

    /// Decodes a table as it stands in `co_linetable`. A table that ends too soon tells what it has told.
    ///
    /// - Parameter jumps: those of the same code object, by which instructions without a line get one.
    init(_ bytes: [UInt8], firstLine: Int, jumps: Jumps) {
        self.firstLine = firstLine
        self.jumps = jumps
        var input = bytes[...]
        var line = firstLine
        var end = 0
        while let head = input.popFirst() {
            end += Int(head & 7) + 1
            guard let (delta, hasLine) = Self.lineDelta(of: Int(head >> 3) & 15, &input) else { return }
            line += delta
            runs.append(Run(end: end, line: hasLine ? line : nil))
        }
    }

    /// The line of an instruction, counted in code units. Before the first one, it is the function's own.
    ///
    /// A jump back that is reached from several lines stands on none. It then counts for the line that
    /// jumps to it, such as that of an `if` whose body was passed over, for a line goes on until another
    /// begins (PEP 626); else for the line on which the loop begins.
    func line(ofInstruction instruction: Int) -> Int {
        ownLine(of: instruction) ?? jumps.source(of: instruction).flatMap(ownLine)
            ?? jumps.head(ofLoopEndingAt: instruction).flatMap(ownLine) ?? firstLine
    }

    private func ownLine(of instruction: Int) -> Int? {
        guard instruction >= 0 else { return firstLine }
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].end <= instruction { low = middle + 1 } else { high = middle }
        }
        return low < runs.count ? runs[low].line : nil
    }

    /// How far an entry moves the line, and whether it has one; passes over the columns.
    private static func lineDelta(of code: Int, _ input: inout ArraySlice<UInt8>) -> (Int, hasLine: Bool)? {
        switch code {
        case 15: return (0, false)
        case 14:
            guard let delta = signedNumber(&input), number(&input) != nil, number(&input) != nil, number(&input) != nil
            else { return nil }
            return (delta, true)
        case 13: return signedNumber(&input).map { ($0, true) }
        case 10...12: return input.popFirst() != nil && input.popFirst() != nil ? (code - 10, true) : nil
        default: return input.popFirst() != nil ? (0, true) : nil
        }
    }

    /// Six bits a byte, least first; the seventh says that more follow.
    private static func number(_ input: inout ArraySlice<UInt8>) -> Int? {
        var value = 0
        var shift = 0
        while let byte = input.popFirst(), shift < 36 {
            value |= Int(byte & 63) << shift
            if byte & 64 == 0 { return value }
            shift += 6
        }
        return nil
    }

    /// The sign is the lowest bit.
    private static func signedNumber(_ input: inout ArraySlice<UInt8>) -> Int? {
        number(&input).map { $0 & 1 == 0 ? $0 >> 1 : -($0 >> 1) }
    }
}
