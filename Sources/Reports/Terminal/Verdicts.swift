import Analysis

extension Page {
    /// Where designs part, in words.
    mutating func addDisagreements(_ findings: CompareFindings) {
        heading("Where they disagree by more than chance")
        guard !findings.disagreements.isEmpty else { return add("  nowhere that this much data could show") }
        for disagreement in findings.disagreements.prefix(options.top) {
            sentence(disagreement.text, bullet: "  • ")
            let figures = "\(figures(of: disagreement)); \(Wording.likelier(disagreement))"
            sentence(figures, .faint, bullet: "    ")
        }
        addRest(findings.disagreements.count - options.top, "places")
    }

    /// `sieve.py:10: setprofile 97.1 %, gil 74.0 %, p < 0.001`
    private func figures(of disagreement: Disagreement) -> String {
        func share(_ value: Double) -> String { ShareText(Estimate(share: value)).share }
        let place = options.paths.place(disagreement.file, disagreement.line)
        return """
            \(disagreement.function) \(place): \(disagreement.a) \(share(disagreement.shareA)), \
            \(disagreement.b) \(share(disagreement.shareB)), \(Figures.probability(disagreement.p))
            """
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
        table.add("", agreement.map { Figures.probability($0.p) }, .left)
        add(table.lines(width: width))
        let resolutions = agreement.map(\.resolution).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        sentence("compared at: " + resolutions.joined(separator: ", "), .faint, bullet: "  ")
    }
}
