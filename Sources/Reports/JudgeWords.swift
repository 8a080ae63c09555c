import Analysis

/// The words of the judge's cards, the same on the terminal, in Markdown and in HTML.
enum JudgeWords {
    static let note =
        "Every row is an answer of its own: there is no mark for all. Missed: further from the truth than chance explains and than "
        + "the bound allows. Cannot tell: too few data, or the tool never tells such a figure. Intervals are 95 %, with the run as "
        + "the unit; all rules together miss a faultless tool in at most one card of twenty."

    static func title(_ card: JudgeCard) -> String {
        let version = card.version.map { " \($0)" } ?? ""
        return "\(card.name)\(version) · Python \(card.python)"
    }

    static func heading(_ group: JudgeRow.Group) -> String {
        switch group {
        case .accuracy: "Are its figures right?"
        case .stacks: "Can its stacks be?"
        case .sight: "What does it see?"
        case .cost: "What does it cost?"
        }
    }

    /// The groups of a card that have rows.
    static func groups(_ card: JudgeCard) -> [(heading: String, rows: [JudgeRow])] {
        JudgeRow.Group.allCases.map { group in (heading(group), card.rows.filter { $0.group == group }) }
            .filter { !$0.rows.isEmpty }
    }
}
