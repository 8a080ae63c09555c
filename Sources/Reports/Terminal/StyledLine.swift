/// How a piece of text is meant; nothing is told by it that the text does not tell.
enum Ink {
    case plain, strong, faint, hot, warning

    fileprivate var code: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .faint: "2"
        case .hot: "1;31"
        case .warning: "33"
        }
    }
}

/// A piece of a line in one ink.
struct Span {
    let text: String
    let ink: Ink

    /// Makes the text legible, so that no name can carry an escape sequence to the terminal.
    init(_ text: String, _ ink: Ink = .plain) {
        self.text = text.legible()
        self.ink = ink
    }
}

/// A line of the terminal report.
struct StyledLine {
    var spans: [Span]

    init(_ spans: [Span] = []) { self.spans = spans }
    init(_ text: String, _ ink: Ink = .plain) { spans = [Span(text, ink)] }

    var columns: Int { spans.reduce(0) { $0 + $1.text.columns } }

    /// Cut to so many columns.
    func clipped(to width: Int) -> StyledLine {
        var result = StyledLine()
        var room = width
        for span in spans where room > 0 {
            let text = span.text.clipped(to: room)
            result.spans.append(Span(text, span.ink))
            room -= text.columns
            if text != span.text { break }
        }
        return result
    }

    /// Filled with blanks to so many columns.
    func padded(to width: Int, _ alignment: Alignment) -> StyledLine {
        let blank = Span(String(repeating: " ", count: max(0, width - columns)))
        return StyledLine(alignment == .left ? spans + [blank] : [blank] + spans)
    }

    func rendered(colors: Bool) -> String {
        guard colors else { return trimmed(spans.map(\.text).joined()) }
        return spans.map { span in
            span.ink.code.map { "\u{1b}[\($0)m\(span.text)\u{1b}[0m" } ?? span.text
        }.joined()
    }

    private func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}

enum Alignment {
    case left, right
}
