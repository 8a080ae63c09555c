import Analysis

/// Findings as Markdown, for pages that are kept beside the code.
public enum MarkdownReport {
    /// What every tool was asked, side by side, and then a card for each.
    public static func judge(_ findings: JudgeFindings) -> String {
        let page = JudgeMarkdown(findings: findings)
        let parts = [page.head, page.uses, page.faults, page.matrix, page.cards, page.machine]
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// A table; every text in it is made such that it stays in its cell.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        let lines = [header, header.map { _ in "---" }] + rows.map { $0.map(cell) }
        return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    /// Text that stays in its cell and is no markup.
    static func cell(_ text: String) -> String {
        text.legible().replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("<", with: "&lt;")
    }
}
