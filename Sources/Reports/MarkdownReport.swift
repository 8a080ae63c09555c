import Analysis

/// Findings as Markdown, for pages that are kept beside the code.
public enum MarkdownReport {
    /// What every tool was asked, side by side, and then a card for each.
    public static func judge(_ findings: JudgeFindings) -> String {
        let parts =
            [JudgeMarkdown.head(findings), JudgeMarkdown.uses(findings), JudgeMarkdown.matrix(findings)]
            + findings.tools.map(JudgeMarkdown.card)
            + [JudgeMarkdown.machine(findings)]
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// A table; every text in it is made such that it stays in its cell.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        let lines = [header, header.map { _ in "---" }] + rows.map { $0.map(cell) }
        return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    private static func cell(_ text: String) -> String {
        text.legible().replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("<", with: "&lt;")
    }
}

/// The parts of the judge's page.
private enum JudgeMarkdown {
    static func head(_ findings: JudgeFindings) -> String {
        """
        # Which profiler to use for what

        Made by `swprof judge`; do not edit it by hand. Every profiler below ran the same programs, each of which knows \
        exactly where its own time goes, beside runs without any profiler. A row asks one thing.

        \(JudgeWords.note)
        """
    }

    /// Of every question the tools that answer it rightly, and those that do not.
    static func uses(_ findings: JudgeFindings) -> String {
        let lines = questions(findings) { $0.group != .cost }.map { question in
            let parts = [("right", JudgeRow.Answer.met), ("wrong", .missed)].compactMap { word, answer -> String? in
                let names = findings.tools.filter { card in
                    card.rows.contains { $0.question == question && $0.verdict == answer }
                }.map { "\($0.name) on \($0.python)" }
                return names.isEmpty ? nil : "\(word): \(names.joined(separator: ", "))"
            }
            return "- *\(question)* — " + (parts.isEmpty ? "nobody can tell" : parts.joined(separator: "; ")) + "."
        }
        return "## What each is right about\n\n" + lines.joined(separator: "\n")
    }

    /// Each once, in the order of the cards.
    private static func questions(_ findings: JudgeFindings, where isAsked: (JudgeRow) -> Bool) -> [String] {
        findings.tools.flatMap(\.rows).filter(isAsked).reduce(into: []) { questions, row in
            if !questions.contains(row.question) { questions.append(row.question) }
        }
    }

    /// Questions against tools.
    static func matrix(_ findings: JudgeFindings) -> String {
        let rows = questions(findings) { _ in true }.map { question in
            [question]
                + findings.tools.map { card in
                    card.rows.first { $0.question == question }.map { mark($0.verdict) } ?? "–"
                }
        }
        let header = ["question"] + findings.tools.map { "\($0.name)<br>\($0.python)" }
        return "## At a glance\n\n" + MarkdownReport.table(header, rows)
    }

    private static func mark(_ verdict: JudgeRow.Answer) -> String {
        verdict == .missed ? "**missed**" : verdict.rawValue
    }

    static func card(_ card: JudgeCard) -> String {
        let parts = JudgeWords.groups(card).map { heading, rows in
            "### \(heading)\n\n"
                + MarkdownReport.table(
                    ["verdict", "question", "measured", "asked"],
                    rows.map { [mark($0.verdict), $0.question, $0.text, $0.asked] })
        }
        return (["## \(JudgeWords.title(card))"] + parts).joined(separator: "\n\n")
    }

    static func machine(_ findings: JudgeFindings) -> String {
        "## Measured on\n\n"
            + MarkdownReport.table(
                ["what", "value"], findings.audit.sorted { $0.key < $1.key }.map { [$0.key, $0.value] })
    }
}
