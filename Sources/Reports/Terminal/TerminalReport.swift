import Analysis
import ProfileModel

/// Findings as text for a terminal of 80 columns and more.
public enum TerminalReport {
    /// What one profile says; `flame` is the tree of its stacks.
    public static func run(
        _ findings: RunFindings, flame: FlameNode, options: TerminalOptions, source: any SourceText
    ) -> String {
        var options = options
        options.paths = options.paths.naming(findings)
        if options.by == .tree, let tree = findings.tree {
            return FirstScreen(findings, tree, options, source).rendered()
        }
        var page = Page(options)
        page.addHeader(of: findings)
        switch options.by {
        case .tree, .function:
            page.addFunctions(of: findings)
            page.addCertainty(of: findings)
            page.addHotLines(of: findings, source: source)
        case .line: page.addLines(of: findings, source: source)
        case .stack: page.addStacks(flame)
        case .thread: page.addThreads(of: findings)
        case .task: page.addTasks(of: findings)
        case .process: page.addProcesses(of: findings)
        case .opcode: page.addOpcodes(of: findings)
        }
        page.addCaveats(findings.caveats.map { ([], $0) })
        page.addFootnotes(of: findings)
        return page.rendered()
    }

    /// What several designs say, side by side.
    public static func compare(
        _ findings: CompareFindings, options: TerminalOptions, source: any SourceText
    ) -> String {
        var options = options
        options.paths = options.paths.naming(findings)
        var page = Page(options)
        if let change = findings.change {
            page.addChange(change, of: findings, source: source)
            return page.rendered()
        }
        page.addHeader(of: findings)
        page.addDesigns(findings.designs)
        page.addFunctionsSideBySide(findings.designs)
        page.addLinesSideBySide(findings.designs, source: source)
        page.addOpcodes(of: findings.designs)
        if findings.differences.isEmpty { page.addDisagreements(findings) }
        page.addRunDifferences(findings.differences)
        page.addAgreement(findings.agreement)
        page.addOrder(of: findings)
        page.addCausal(findings.causal)
        page.addCaveats(Wording.caveats(of: findings))
        page.addFootnotes(of: findings)
        return page.rendered()
    }
}
