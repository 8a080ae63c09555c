/// The terminal report while it is being written: lines under headings.
struct Page {
    var options: TerminalOptions
    private(set) var lines: [StyledLine] = []

    init(_ options: TerminalOptions) { self.options = options }

    var width: Int { max(40, options.width) }

    mutating func add(_ line: StyledLine) { lines.append(line) }
    mutating func add(_ more: [StyledLine]) { lines += more }
    mutating func add(_ text: String, _ ink: Ink = .plain) { lines.append(StyledLine(text, ink)) }

    /// A blank line and a heading.
    mutating func heading(_ text: String) {
        lines.append(StyledLine())
        lines.append(StyledLine(text, .strong))
    }

    /// A sentence, broken between words, its later lines set in.
    mutating func sentence(_ text: String, _ ink: Ink = .plain, bullet: String = "") {
        let hanging = String(repeating: " ", count: bullet.columns)
        for (index, line) in Self.wrapped(text, to: width - bullet.columns).enumerated() {
            lines.append(StyledLine([Span(index == 0 ? bullet : hanging, ink), Span(line, ink)]))
        }
    }

    func rendered() -> String {
        lines.map { $0.clipped(to: width).rendered(colors: options.colors) + "\n" }.joined()
    }

    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        for word in text.legible().split(separator: " ") {
            if !current.isEmpty, current.columns + 1 + String(word).columns > width {
                lines.append(current)
                current = ""
            }
            current += current.isEmpty ? String(word) : " " + word
        }
        return current.isEmpty ? lines : lines + [current]
    }
}
