import ProfileModel

/// What a file of collapsed stacks says of itself: austin's remarks, and what can be seen from all lines.
struct CollapsedHeader {
    static let mostNumbers = 9
    private static let austinHead = Array("# austin: ".utf8)

    private(set) var isAustins: Bool
    private(set) var remarks: [String: String] = [:]
    /// The most that any number has after its point.
    private(set) var mostFractionDigits = 0
    /// How many numbers every line has.
    private(set) var numbersPerLine = 1

    init(_ lines: TextLines) {
        isAustins = false
        var (lines, isMarked, stacks) = (lines, true, 0)
        while let line = lines.next() {
            if lines.number == 1 { isAustins = line.starts(with: Self.austinHead) }
            if CollapsedLine.isRemark(line) {
                addRemark(line)
            } else if let parsed = CollapsedLine(line) {
                stacks += 1
                mostFractionDigits = max(mostFractionDigits, Self.fractionDigits(parsed.numbers))
                if stacks == 1 || numbersPerLine > 1 {
                    numbersPerLine = Self.count(of: parsed, atMost: stacks == 1 ? Self.mostNumbers : numbersPerLine)
                }
                if isMarked { isMarked = Self.hasMarks(parsed.stack) }
            }
        }
        // The first versions of austin wrote no remarks, but both marks in every line.
        isAustins = isAustins || isMarked && stacks > 0
    }

    var mode: String { isAustins ? remarks["mode"] ?? "" : "" }

    /// Samples a second.
    var rate: Double? { isAustins ? remarks["interval"].flatMap(Double.init).map { 1e6 / $0 } : nil }

    /// What a count stands for: a microsecond, or more where fractions would else be lost.
    var nanosecondsPerCount: Int64 { (0..<max(3, min(9, mostFractionDigits))).reduce(1) { unit, _ in unit * 10 } }

    private static func count(of line: CollapsedLine, atMost most: Int) -> Int {
        var (count, rest) = (1, line)
        while count < most, let before = rest.beforeLast { (count, rest) = (count + 1, before) }
        return count
    }

    private static func fractionDigits(_ numbers: ArraySlice<UInt8>) -> Int {
        guard let mark = numbers.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }) else {
            return 0
        }
        if numbers[mark...].allSatisfy({ $0 | 0x20 != UInt8(ascii: "e") }) { return numbers.endIndex - mark - 1 }
        return DecimalNumber(String(decoding: numbers, as: UTF8.self))?.fractionDigits ?? 0
    }

    private mutating func addRemark(_ line: ArraySlice<UInt8>) {
        guard remarks.count < 1_000 else { return }
        let text = String(escapingInvalid: line.dropFirst(2))
        guard let colon = text.firstRange(of: ": ") else { return }
        remarks[String(text[..<colon.lowerBound])] = String(text[colon.upperBound...])
    }

    private static func hasMarks(_ stack: ArraySlice<UInt8>) -> Bool {
        let parts = stack.split(separator: UInt8(ascii: ";"), maxSplits: 2)
        guard parts.count >= 2, parts[0].first == UInt8(ascii: "P"), parts[1].first == UInt8(ascii: "T"),
            case .process? = CollapsedMark(String(escapingInvalid: parts[0]), isAustins: true),
            case .thread? = CollapsedMark(String(escapingInvalid: parts[1]), isAustins: true)
        else { return false }
        return true
    }
}
