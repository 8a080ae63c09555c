import Analysis

/// What a gate says, as Markdown for a pull request.
public enum GateMarkdown {
    private static let mostRows = 20

    public static func text(_ findings: GateFindings) -> String {
        var lines = ["## swprof gate: \(escaped(Wording.verdict(findings)))", ""]
        if let slowdown = findings.slowdown {
            lines += [
                "| | before | after | change | |", "|---|---:|---:|---:|---|",
                row([
                    "whole program", Figures.seconds(slowdown.before), Figures.seconds(slowdown.after),
                    Wording.slowdown(slowdown), slowdown.verdict.rawValue,
                ]),
            ]
            lines += findings.notable.prefix(mostRows).map(row)
            let rest = findings.notable.count - mostRows
            if rest > 0 { lines += ["", "… and \(rest) more functions."] }
        }
        for caveat in findings.caveats { lines += ["", "> **\(escaped(caveat.code))**: \(escaped(caveat.text))"] }
        lines += ["", "<details><summary>How this was measured</summary>", ""]
        lines += facts(findings).map { "- \(escaped($0))" }
        return (lines + ["", "</details>", ""]).joined(separator: "\n")
    }

    private static func facts(_ findings: GateFindings) -> [String] {
        Wording.versions(findings)
            + [
                "\(findings.rounds) rounds in random order; \(Wording.spent(findings))",
                findings.selfTest.map(Wording.selfTest), Wording.limits(findings),
            ].compactMap { $0 }
    }

    private static func row(_ function: GateFunction) -> String {
        let place = [function.file, function.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        let isTotal = function.failsBy == .total
        let times = isTotal ? (function.total.before, function.total.after) : (function.before, function.after)
        let verdict = [function.verdict.rawValue, Wording.why(function)].filter { !$0.isEmpty }
        return row([
            "\(function.qualname) (\(place))", Figures.seconds(times.0), Figures.seconds(times.1),
            Wording.change(function.gateChange).text, verdict.joined(separator: ": "),
        ])
    }

    private static func row(_ cells: [String]) -> String { "| " + cells.map(escaped).joined(separator: " | ") + " |" }

    /// Text that is nothing but text: names can hold anything.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.legible().unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\\", "`", "*", "_", "[", "]", "|", "#", "!", "~", "@": escaped += "\\" + String(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
