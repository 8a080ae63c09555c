import Analysis
import ProfileFormats
import ProfileModel
import Reports

extension Output {
    /// Writes the HTML report of one run.
    static func writePage(
        of findings: RunFindings, _ profile: Profile, _ source: some SourceText = FileSourceText(), to path: String
    ) throws {
        let part = try profile.restricted(to: findings.time)
        let page = try HTMLReport.run(
            findings, flame: FlameTable(of: part, within: findings.within), gaps: GapHistogram(profile), source: source)
        try write(page, toPath: path)
    }
}
