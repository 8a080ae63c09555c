import Analysis
import ProfileModel

extension Page {
    mutating func addCaveats(_ caveats: [(designs: [String], caveat: Caveat)]) {
        guard !caveats.isEmpty else { return }
        heading("Caveats")
        addLines(of: caveats)
    }

    mutating func addLines(of caveats: [(designs: [String], caveat: Caveat)]) {
        for (designs, caveat) in caveats {
            let whose = designs.isEmpty ? "" : designs.joined(separator: ", ") + ": "
            sentence("\(whose)\(caveat.text) (\(caveat.code))", .warning, bullet: "  ! ")
        }
    }

    mutating func addFootnotes(of findings: RunFindings) {
        add(StyledLine())
        addNotes(of: findings)
    }

    /// What the brackets behind a share mean.
    mutating func addNotes(of findings: RunFindings, indent: String = "") {
        sentence(
            Wording.estimand(findings.estimand, interval: findings.interval) + ".", .faint, bullet: indent + "[ ] ")
        let estimates = findings.functions.flatMap { [$0.`self`, $0.total] } + findings.lines.map(\.`self`)
        addWorstCaseNote(estimates, indent: indent)
        addCompensationNote([findings.calibration].compactMap { $0 }, indent: indent)
    }

    mutating func addFootnotes(of findings: CompareFindings) {
        add(StyledLine())
        for sentence in Wording.estimands(of: findings.designs) {
            self.sentence(sentence + ".", .faint, bullet: "[ ] ")
        }
        addWorstCaseNote(findings.designs.flatMap { $0.functions.map(\.`self`) + $0.lines.map(\.`self`) })
        addCompensationNote(findings.designs.compactMap(\.calibration))
    }

    private mutating func addCompensationNote(_ calibrations: [DesignCosts], indent: String = "") {
        if let note = CompensatedText.note(calibrations) { sentence(note + ".", .faint, bullet: indent) }
    }

    private mutating func addWorstCaseNote(_ estimates: [Estimate], indent: String = "") {
        guard estimates.contains(where: ShareText.isWorstCase) else { return }
        sentence(Wording.worstCase + ".", .faint, bullet: indent)
    }
}
