import Analysis

extension Page {
    /// Where designs part, in words.
    mutating func addDisagreements(_ findings: CompareFindings) {
        heading("Where they disagree by more than chance")
        guard !findings.disagreements.isEmpty else { return add("  no difference that this much data could show") }
        for group in VerdictGroup.groups(of: findings.disagreements.prefix(options.rows)) { add(group) }
        addRest(findings.disagreements.count - options.rows, "place")
    }

    private mutating func add(_ group: VerdictGroup) {
        guard let first = group.places.first else { return }
        sentence(first.text, bullet: "  • ")
        for place in group.places {
            let name = "\(place.function) \(options.paths.place(place.file, place.line))"
            sentence("\(name): \(Wording.figures(of: place))", .faint, bullet: "    ")
        }
    }

    /// How far each pair is apart over all places.
    mutating func addAgreement(_ agreement: [Agreement]) {
        guard !agreement.isEmpty else { return }
        heading("Agreement (total variation of self shares)")
        func share(_ value: Double?) -> String { ShareText(Estimate(share: value)).share }
        var table = TextTable()
        table.add("designs", agreement.map { "\($0.a) – \($0.b)" }, .left)
        table.add("by", agreement.map { $0.by.rawValue }, .left)
        table.add("apart", agreement.map { share($0.totalVariation) })
        table.add("by chance", agreement.map { share($0.noiseFloor) })
        table.add("", agreement.map(Wording.probability), .left)
        add(table.lines(width: width))
        sentence("compared at: " + Wording.resolutions(of: agreement), .faint, bullet: "  ")
    }
}

extension Page {
    /// Where single runs differ by more than their sampling error.
    mutating func addRunDifferences(_ differences: [RunDifference]) {
        guard !differences.isEmpty else { return }
        heading("Where the runs differ by more than their sampling error")
        let shown = differences.filter(\.isBeyondChance)
        if shown.isEmpty {
            add("  no difference that this much data could show")
        } else {
            sentence(Wording.ofSingleRuns, bullet: "  ")
        }
        for each in shown.prefix(options.rows) { sentence(Wording.difference(each, options.paths), bullet: "  • ") }
        addRest(shown.count - options.rows, "place")
    }

    /// Whether designs put the functions into the same order, and how sure the hottest is.
    mutating func addOrder(of findings: CompareFindings) {
        let lines = findings.ranks.map(Wording.order) + Wording.hottest(findings.designs)
        guard !lines.isEmpty else { return }
        heading("Order of functions")
        for line in lines { sentence(line, bullet: "  ") }
    }
}
