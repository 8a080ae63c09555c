/// A stack and what stands behind it: numbers, with blanks or tabs before each.
struct CollapsedLine {
    var stack: ArraySlice<UInt8>
    /// The last number, as it is written: whole or with a fraction, or several with commas between (austin's full mode).
    var numbers: ArraySlice<UInt8>

    init?(_ line: ArraySlice<UInt8>) {
        guard let space = line.lastIndex(where: Self.isBlank), let first = line[(space + 1)...].first,
            Self.isOfNumber(first)
        else { return nil }
        numbers = line[(space + 1)...]
        stack = line[..<space]
        while let last = stack.last, Self.isBlank(last) { stack.removeLast() }
        guard !isBad else { return nil }
    }

    /// A remark: of austin, or of whatever wrote the file.
    static func isRemark(_ line: ArraySlice<UInt8>) -> Bool {
        line.first == UInt8(ascii: "#") && (line.count == 1 || isBlank(line[line.startIndex + 1]))
    }

    /// The line without its last number, where another stands before it: a difference of two profiles has two.
    var beforeLast: CollapsedLine? { CollapsedLine(stack) }

    private var isBad: Bool {
        guard let last = numbers.last, 0x30...0x39 ~= last || last == UInt8(ascii: ".") else { return true }
        return !numbers.allSatisfy { Self.isOfNumber($0) || $0 | 0x20 == UInt8(ascii: "e") || $0 == UInt8(ascii: "+") }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ",")
    }
}
