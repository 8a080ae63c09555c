import Analysis
import ProfileModel

/// Findings as one self-contained HTML file, which needs no network; only its flame graphs need the page's own script.
public enum HTMLReport {
    /// What one profile says; `flame` is the tree of its stacks, and `gaps` says how far apart a sampler's ticks were.
    public static func run(
        _ findings: RunFindings, flame: FlameTable, gaps: GapHistogram? = nil, source: any SourceText,
        paths: ShortPaths = .here
    ) throws -> String {
        try Templates.render(
            PageView(run: findings, flame: flame, gaps: gaps, source: source, paths: paths.naming(findings)))
    }

    /// What a sampler would have said of a recorded run.
    public static func simulate(_ findings: SimulateFindings, paths: ShortPaths = .here) throws -> String {
        try Templates.render(PageView(simulate: findings, paths: paths))
    }

    /// What several designs say, side by side.
    public static func compare(
        _ findings: CompareFindings, flames: [(design: String, table: FlameTable)], source: any SourceText,
        paths: ShortPaths = .here
    ) throws -> String {
        try Templates.render(
            PageView(compare: findings, flames: flames, source: source, paths: paths.naming(findings)))
    }

    /// A card for every tool that was judged.
    public static func judge(_ findings: JudgeFindings) throws -> String {
        try Templates.render(PageView(judge: findings))
    }
}
