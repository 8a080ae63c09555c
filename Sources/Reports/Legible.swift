extension String {
    /// The text with whatever a terminal or a browser could take for an order spelled out, such as `\u{1b}`.
    ///
    /// That is: controls (the escape sequences of terminals begin with one), format characters (among
    /// them the bidirectional overrides, which make a name read as another) and separators of lines.
    /// What is longer than `limit` scalars is cut.
    public func legible(limit: Int = 2000) -> String {
        var result = String.UnicodeScalarView()
        for (index, scalar) in unicodeScalars.enumerated() {
            guard index < limit else {
                result.append("…")
                break
            }
            if scalar.isAnOrder {
                result.append(contentsOf: scalar.spelled.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Columns that the text takes on a terminal.
    var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

    /// The text cut to so many columns, with an ellipsis where it was cut.
    func clipped(to width: Int) -> String {
        guard columns > width else { return self }
        guard width > 0 else { return "" }
        var taken = String.UnicodeScalarView()
        var room = width - 1
        for scalar in unicodeScalars {
            room -= scalar.columns
            guard room >= 0 else { break }
            taken.append(scalar)
        }
        return String(taken) + "…"
    }
}

extension Unicode.Scalar {
    fileprivate var isAnOrder: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }

    fileprivate var spelled: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(value, radix: 16))}"
        }
    }

    /// 0 for marks that combine, 2 for the wide scripts and emoji, else 1.
    fileprivate var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
