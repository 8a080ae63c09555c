import Analysis

/// A tool's card.
struct CardView {
    var title: String
    var groups: [CardGroupView]

    init(_ card: JudgeCard) {
        title = JudgeWords.title(card)
        groups = JudgeWords.groups(card).map { heading, rows in
            CardGroupView(heading: heading, rows: rows.map(CardRowView.init))
        }
    }
}

struct CardGroupView {
    var heading: String
    var rows: [CardRowView]
}

struct CardRowView {
    var verdict: String
    var question: String
    var measured: String
    var asked: String

    init(_ row: JudgeRow) {
        (verdict, question, measured, asked) = (row.verdict.rawValue, row.question, row.text, row.asked)
    }
}

extension PageView {
    init(judge: JudgeFindings) {
        let facts = judge.tools.map(JudgeWords.title) + (judge.quick ? ["short form"] : [])
        self.init(title: "swprof judge", kicker: "swprof judge", program: judge.battery, facts: facts)
        cards = judge.tools.map(CardView.init)
        caveatSection = false
        audit = Self.audit(judge.audit)
    }
}
