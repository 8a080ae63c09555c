import Analysis

extension Page {
    mutating func addHeader(of findings: RunFindings) {
        add(StyledLine([Span("swprof run", .strong), Span("  " + findings.program.joined(separator: " "))]))
        let design = Wording.design(
            name: findings.design, version: nil, kind: findings.kind, schedule: findings.schedule,
            rate: findings.rate, clock: findings.clock)
        var parts = [design, "Python \(findings.python)", Figures.seconds(findings.seconds)]
        if let exit = findings.exit, exit != 0 { parts.append("exit status \(exit)") }
        sentence(parts.joined(separator: " · "))
        if let ledger = findings.ledger { sentence(Wording.ledger(ledger)) }
        if let unaccounted = findings.unaccounted { sentence(Wording.unaccounted(unaccounted)) }
        if let within = findings.within { sentence("shares are of the time within \(within)") }
    }
}
