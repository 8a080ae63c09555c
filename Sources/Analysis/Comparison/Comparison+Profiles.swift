import ProfileModel

extension Comparison {
    /// The findings of profiles that exist already, of any tool.
    ///
    /// There is no control and so no slowdown. Where there are at least three profiles each of several programs, or
    /// by several tools, they are compared over runs, for the runs that one may expect; else every figure is for
    /// the very run that its profile is of.
    /// Two profiles, or several of two kinds, are taken to be of a program before and after a change.
    ///
    /// - Parameter renamed: files and folders of the version before that have another name in the new one.
    /// - Throws: what keeps one of the profiles from being analysed.
    public static func findings(
        ofProfiles profiles: [(name: String, profile: Profile)], renamed: [RenamedPath] = []
    ) throws(AnalysisError) -> CompareFindings {
        let firstLines = FirstLines(profiles.lazy.map(\.profile))
        let profiles = profiles.map { (name: $0.name, profile: firstLines.completing($0.profile)) }
        if let repeated = RepeatedRuns(profiles) { return findings(ofRepeats: repeated, renamed) }
        var findings = CompareFindings(of: profiles.first?.profile, runs: 1)
        for (name, profile) in profiles {
            findings.designs.append(DesignFinding(name, try RunAnalysis.findings(of: profile)))
        }
        findings.addPairs(
            ofArms: profiles.map { ComparisonArm(onlyRun: $0.profile, name: $0.name) }, renamed,
            isAliasing: findings.designs.map(\.isAliasing))
        return findings
    }

    private static func findings(ofRepeats repeated: RepeatedRuns, _ renamed: [RenamedPath]) -> CompareFindings {
        var findings = CompareFindings(of: repeated.arms.first?.first, runs: repeated.count)
        findings.designs = repeated.arms.map(\.finding)
        findings.addPairs(ofArms: repeated.arms, renamed, isAliasing: findings.designs.map(\.isAliasing))
        return findings
    }
}

extension CompareFindings {
    /// Compares every two of them; two by one tool as versions of a program.
    fileprivate mutating func addPairs(ofArms arms: [ComparisonArm], _ renamed: [RenamedPath], isAliasing: [Bool]) {
        guard arms.count == 2, let versions = ComparedVersions(arms[0], arms[1], renamed) else {
            return addPairs(of: arms, isAliasing: isAliasing)
        }
        addVersions(versions, renamed, isAliasing: isAliasing)
    }
}

extension ComparedVersions {
    /// `nil` where different tools are compared, or what tells shares alone.
    fileprivate init?(_ old: ComparisonArm, _ new: ComparisonArm, _ renamed: [RenamedPath]) {
        let profiles = (old: old.runs.map(\.profile), new: new.runs.map(\.profile))
        guard old.first.design == new.first.design, (profiles.old + profiles.new).allSatisfy(\.secondsAreKnown) else {
            return nil
        }
        self.init(
            old: profiles.old, new: profiles.new, VersionPaths(old: profiles.old, new: profiles.new, renamed: renamed)
        ) { isOld, names in
            isOld ? ComparisonArm(repeats: profiles.old, name: old.name, names: names) : new
        }
    }
}

extension CompareFindings {
    /// Without a control.
    fileprivate init(of first: Profile?, runs: Int) {
        self.init(
            program: first?.program ?? [], python: first?.python ?? "", runs: runs, clock: first?.clock ?? .wall,
            control: nil, audit: first?.audit ?? [:])
    }
}

extension ComparisonArm {
    fileprivate init(onlyRun profile: Profile, name: String) {
        self.init(repeats: [profile], name: name)
    }
}

extension DesignFinding {
    init(_ name: String, _ run: RunFindings) {
        self.init(
            name: name, kind: run.kind, clock: run.clock, schedule: run.schedule, rate: run.rate,
            slowdown: nil, estimand: run.estimand, interval: run.interval, functions: run.functions,
            lines: run.lines, ledger: run.ledger, opcodes: run.opcodes, ranks: run.ranks, caveats: run.caveats)
        unaccounted = run.unaccounted
    }
}
