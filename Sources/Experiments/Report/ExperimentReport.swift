import Analysis

/// Makes findings of what a store holds.
public enum ExperimentReport {
    /// - Parameter file: the spec as it is now, to say what is stale.
    public static func findings(_ store: Store, _ file: SpecFile) throws(ExperimentError) -> ExperimentFindings {
        var findings = ExperimentAnalysis.findings(title: try store.title(), try store.blocks())
        findings.measurements = try store.measurements()
        findings.within = (try? file.spec(quick: false))?.within
        findings.audit = try store.audit()
        findings.drift = try store.drift(findings.audit)
        findings.runnersCost = try store.runnersCost()
        findings.stale = try store.stale(file)
        return findings
    }
}
