import Analysis
import ProfileModel

/// Findings as one self-contained HTML file, which needs no network and runs without scripts.
public enum HTMLReport {
    /// What one profile says; `flame` is the tree of its stacks.
    public static func run(
        _ findings: RunFindings, flame: FlameNode, source: any SourceText, paths: ShortPaths = .here
    ) throws -> String {
        try Templates.render(PageView(run: findings, flame: flame, source: source, paths: paths.naming(findings)))
    }

    /// What a sampler would have said of a recorded run.
    public static func simulate(_ findings: SimulateFindings, paths: ShortPaths = .here) throws -> String {
        try Templates.render(PageView(simulate: findings, paths: paths))
    }

    /// What several designs say, side by side.
    public static func compare(
        _ findings: CompareFindings, flames: [(design: String, root: FlameNode)], source: any SourceText,
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
