import ProfileModel

extension Profile {
    /// What the analysis of this run alone finds of lockstep, which only a periodic schedule can be in.
    var lockstepCaveats: [Caveat] {
        guard schedule == .periodic, let findings = try? RunAnalysis.findings(of: self) else { return [] }
        return findings.caveats.filter { $0.code == "aliasing" }
    }
}
