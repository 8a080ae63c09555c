import Analysis
import Measuring
import Running

/// Makes findings of what a store holds.
public enum ExperimentReport {
    /// - Parameter file: the spec as it is now, to say what is stale.
    public static func findings(_ store: Store, _ file: SpecFile) throws(RunningError) -> ExperimentFindings {
        let last = try store.lastSession()
        var findings = ExperimentAnalysis.findings(title: last?.title ?? "", try store.blocks())
        findings.measurements = try store.measurements()
        findings.within = (try? file.spec(quick: false))?.within
        findings.isQuick = last?.quick ?? false
        findings.audit = try store.auditWithBuilds()
        findings.drift = try store.drift(findings.audit)
        findings.runnersCost = try store.runnersCost()
        findings.stale = try store.stale(file)
        return findings
    }
}
