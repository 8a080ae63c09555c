import Analysis

/// A function or a line, with what each of several designs says of it.
struct SideBySideRow {
    /// `nil` for a C function.
    var file: String?
    var line: Int
    /// The function's qualified name; for a line, the bare name of its function.
    var name: String
    /// In the order of the designs; `nil` where a design has no such row.
    var estimates: [Estimate?]

    var largestShare: Double {
        estimates.lazy.compactMap { $0?.share }.filter(\.isFinite).max() ?? 0
    }
}

/// Rows that match between designs by file, line and bare name, as at common resolution.
enum SideBySide {
    private struct Key: Hashable {
        var file: String?
        var line: Int
        var name: String
    }

    /// Self shares by function, the largest that any design gives first.
    static func functions(_ designs: [DesignFinding]) -> [SideBySideRow] {
        join(designs.map(\.functions)) { function in
            let row = SideBySideRow(
                file: function.file, line: function.line, name: function.qualname, estimates: [function.`self`])
            return (Key(file: function.file, line: function.line, name: function.name), row)
        }
    }

    /// Self shares by line, the largest that any design gives first.
    static func lines(_ designs: [DesignFinding]) -> [SideBySideRow] {
        join(designs.map(\.lines)) { line in
            let row = SideBySideRow(file: line.file, line: line.line, name: line.function, estimates: [line.`self`])
            return (Key(file: line.file, line: line.line, name: line.function), row)
        }
    }

    /// Self shares by the instruction that a sampler's samples landed on.
    static func opcodes(_ designs: [DesignFinding]) -> [SideBySideRow] {
        join(designs.map(\.opcodes)) { opcode in
            let row = SideBySideRow(file: nil, line: 0, name: opcode.opcode, estimates: [opcode.`self`])
            return (Key(file: nil, line: 0, name: opcode.opcode), row)
        }
    }

    /// Where one design has two rows of one key (two lambdas on a line), the larger stands for both.
    private static func join<Finding>(
        _ findings: [[Finding]], _ row: (Finding) -> (Key, SideBySideRow)
    ) -> [SideBySideRow] {
        var rows: [SideBySideRow] = []
        var known: [Key: Int] = [:]
        for (design, ofOne) in findings.enumerated() {
            for finding in ofOne {
                let (key, single) = row(finding)
                let index = known[key, default: rows.count]
                if index == rows.count {
                    known[key] = index
                    rows.append(single)
                    rows[index].estimates = Array(repeating: nil, count: findings.count)
                }
                rows[index].estimates[design] = rows[index].estimates[design] ?? single.estimates[0]
            }
        }
        return rows.enumerated()
            .sorted { ($1.element.largestShare, $0.offset) < ($0.element.largestShare, $1.offset) }
            .map(\.element)
    }
}
