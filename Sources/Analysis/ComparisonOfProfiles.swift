import ProfileModel

extension Comparison {
    /// The findings of profiles that exist already, one run each, of any tool.
    ///
    /// There is no control and so no slowdown; every figure is for the very run that its profile is of.
    /// - Throws: what keeps one of the profiles from being analysed.
    public static func findings(
        ofProfiles profiles: [(name: String, profile: Profile)]
    ) throws(AnalysisError) -> CompareFindings {
        let first = profiles.first?.profile
        var findings = CompareFindings(
            program: first?.program ?? [], python: first?.python ?? "", runs: 1, clock: first?.clock ?? .wall,
            control: nil, audit: first?.audit ?? [:])
        for (name, profile) in profiles {
            findings.designs.append(DesignFinding(name, try RunAnalysis.findings(of: profile)))
        }
        findings.addPairs(
            of: profiles.map { ComparisonArm(onlyRun: $0.profile, name: $0.name) },
            isAliasing: findings.designs.map(\.isAliasing))
        return findings
    }
}

extension ComparisonArm {
    init(onlyRun profile: Profile, name: String) {
        let run = Run(
            round: 0, seconds: profile.seconds, control: nil, profile: profile, tally: RunTally(profile),
            caveats: profile.caveats)
        self.name = name
        runs = [run]
        first = profile
        confidence = 0.95
    }
}

extension DesignFinding {
    init(_ name: String, _ run: RunFindings) {
        self.init(
            name: name, kind: run.kind, clock: run.clock, schedule: run.schedule, rate: run.rate,
            slowdown: nil, estimand: run.estimand, interval: run.interval, functions: run.functions,
            lines: run.lines, ledger: run.ledger, opcodes: run.opcodes, ranks: run.ranks, caveats: run.caveats)
    }
}
