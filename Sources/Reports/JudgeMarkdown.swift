import Analysis

/// The parts of the judge's page.
struct JudgeMarkdown {
    let findings: JudgeFindings

    var head: String {
        let form = findings.quick ? "\n\nMeasured in the short form: shorter programs, and fewer runs of each." : ""
        return """
            # Which profiler to use for what

            Made by `swprof judge`; do not edit it by hand. Every profiler below ran the same programs, each of which knows \
            exactly where its own time goes, beside runs without any profiler. A row asks one thing.

            \(JudgeWords.note)\(form)
            """
    }

    /// Of every question the tools that answer it rightly, and those that do not.
    var uses: String {
        let tables = JudgeRow.Group.allCases.map { group in
            let rows = questions { $0.group == group }.map { question in
                [question, names(question, .met), names(question, .missed)]
            }
            let heading = "### \(JudgeWords.heading(group))"
            return rows.isEmpty ? [] : [heading, table(["question", "right", "wrong"], rows)]
        }
        return (["## Who is right about what"] + tables.flatMap { $0 }).joined(separator: "\n\n")
    }

    /// The tools with this answer; where it is not that of all their Pythons, with those.
    private func names(_ question: String, _ answer: JudgeRow.Answer) -> String {
        tools.compactMap { name, cards in
            let found = cards.filter { card in card.rows.contains { $0.question == question && $0.verdict == answer } }
            return found.isEmpty ? nil : name + pythons(found, of: cards)
        }.joined(separator: ", ")
    }

    private func pythons(_ found: [JudgeCard], of cards: [JudgeCard]) -> String {
        found.count == cards.count ? "" : " (\(found.map(\.python).joined(separator: ", ")))"
    }

    /// The cards of each tool, in the order of the page.
    private var tools: [(name: String, cards: [JudgeCard])] {
        findings.tools.reduce(into: []) { tools, card in
            if let at = tools.firstIndex(where: { $0.name == card.name }) {
                tools[at].cards.append(card)
            } else {
                tools.append((card.name, [card]))
            }
        }
    }

    /// Of every tool what to believe least.
    var faults: String {
        let lines = tools.map { name, cards in
            let figures = missed(cards, "nothing found wrong", "wrong about ") { $0 != .cost }
            let costs = missed(cards, "no bound of cost missed", "costs more than the bound by ") { $0 == .cost }
            return "- **\(MarkdownReport.cell(name))**: \(figures); \(costs)."
        }
        return "## What each is wrong about\n\n" + lines.joined(separator: "\n")
    }

    private func missed(
        _ cards: [JudgeCard], _ none: String, _ some: String, of isMeant: (JudgeRow.Group) -> Bool
    ) -> String {
        let wrong = questions { isMeant($0.group) }.compactMap { question -> String? in
            let found = cards.filter { card in card.rows.contains { $0.question == question && $0.verdict == .missed } }
            return found.isEmpty ? nil : "*\(MarkdownReport.cell(question))*" + pythons(found, of: cards)
        }
        return wrong.isEmpty ? none : some + wrong.joined(separator: ", ")
    }

    /// Each once, in the order of the cards.
    private func questions(where isAsked: (JudgeRow) -> Bool) -> [String] {
        findings.tools.flatMap(\.rows).filter(isAsked).reduce(into: []) { questions, row in
            if !questions.contains(row.question) { questions.append(row.question) }
        }
    }

    /// Questions against tools, a table for each Python.
    var matrix: String {
        let pythons = findings.tools.reduce(into: [String]()) { if !$0.contains($1.python) { $0.append($1.python) } }
        let tables = pythons.map { python in
            let cards = findings.tools.filter { $0.python == python }
            let rows = questions { _ in true }.map { question in [question] + cards.map { mark(of: question, $0) } }
            return "### Python \(python)\n\n" + table(["question"] + cards.map(\.name), rows)
        }
        return (["## At a glance"] + tables).joined(separator: "\n\n")
    }

    private func mark(of question: String, _ card: JudgeCard) -> String {
        card.rows.first { $0.question == question }.map { mark($0.verdict) } ?? "–"
    }

    private func mark(_ verdict: JudgeRow.Answer) -> String {
        verdict == .missed ? "**missed**" : verdict.rawValue
    }

    /// All figures, folded away where the page is read as HTML.
    var cards: String {
        (["## The cards"] + findings.tools.map(card)).joined(separator: "\n\n")
    }

    private func card(_ card: JudgeCard) -> String {
        let title = MarkdownReport.cell(JudgeWords.title(card))
        let parts = JudgeWords.groups(card).map { heading, rows in
            "### \(heading)\n\n"
                + table(
                    ["verdict", "question", "measured", "asked"],
                    rows.map { [mark($0.verdict), $0.question, $0.text, $0.asked] })
        }
        return (["<details><summary>\(title)</summary>"] + parts + ["</details>"]).joined(separator: "\n\n")
    }

    var machine: String {
        "## Measured on\n\n"
            + table(["what", "value"], findings.audit.sorted { $0.key < $1.key }.map { [$0.key, $0.value] })
    }

    private func table(_ header: [String], _ rows: [[String]]) -> String { MarkdownReport.table(header, rows) }
}
