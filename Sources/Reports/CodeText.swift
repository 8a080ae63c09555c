/// Source lines made ready to be shown.
enum CodeText {
    private static let tabWidth = 4

    /// Tabs as blanks, so that indentation survives; blanks at the end dropped.
    static func expanded(_ line: String) -> String {
        var text = ""
        for scalar in line.unicodeScalars {
            if scalar == "\t" {
                text += String(repeating: " ", count: tabWidth - text.unicodeScalars.count % tabWidth)
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        while text.last == " " { text.removeLast() }
        return text
    }

    static func trimmed(_ line: String) -> String {
        String(expanded(line).drop { $0 == " " })
    }

    /// The lines without the indentation that all of them share.
    static func outdented(_ lines: [String]) -> [String] {
        let lines = lines.map(expanded)
        let shared = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { String($0.dropFirst(shared)) }
    }
}
