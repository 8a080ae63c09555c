import Analysis

extension Page {
    /// Where single runs differ by more than their sampling error.
    mutating func addRunDifferences(_ differences: [RunDifference]) {
        guard !differences.isEmpty else { return }
        heading("Where the runs differ by more than their sampling error")
        let shown = differences.filter(\.isBeyondChance)
        if shown.isEmpty { add("  no difference that this much data could show") } else { sentence(Wording.ofSingleRuns, bullet: "  ") }
        for each in shown.prefix(options.top) { sentence(Wording.difference(each, options.paths), bullet: "  • ") }
        addRest(shown.count - options.top, "places")
    }

    /// Whether designs put the functions into the same order, and how sure the hottest is.
    mutating func addOrder(of findings: CompareFindings) {
        let lines = findings.ranks.map(Wording.order) + Wording.hottest(findings.designs)
        guard !lines.isEmpty else { return }
        heading("Order of functions")
        for line in lines { sentence(line, bullet: "  ") }
    }
}
