import Analysis
import ProfileModel

/// The default report of a run: what it says of the program first, then the call tree and the hot lines, and how sure
/// all that is at the end; it fits a screen unless there is much to say of its certainty.
struct FirstScreen {
    private let findings: RunFindings
    private let tree: FoldedTree
    private let options: TerminalOptions
    private let source: any SourceText

    /// Rows of the screen.
    private static let height = 40
    /// Hot lines, and rows of the tree at the least and at the most, where nobody asked for a number.
    private static let hotLines = [5, 4, 3]
    private static let treeRows = 9...16
    /// Rows of the tree in a terminal in which all else takes too many.
    private static let fewestRows = 4

    init(_ findings: RunFindings, _ tree: FoldedTree, _ options: TerminalOptions, _ source: any SourceText) {
        (self.findings, self.tree, self.options, self.source) = (findings, tree, options, source)
    }

    func rendered() -> String {
        if let top = options.top { return page(tree: max(1, top), below: places(max(1, top))).rendered() }
        // A heading with its blank line, the columns' titles, and what is said of the rows that are left out.
        let free = Self.height - head.lines.count - certainty.lines.count - 4
        let below = Self.hotLines.lazy.map(places)
        let least = below.first { free - $0.lines.count >= Self.treeRows.lowerBound } ?? below[below.count - 1]
        var rows = min(max(free - least.lines.count, Self.fewestRows), Self.treeRows.upperBound)
        // Long names take more lines than one.
        while rows > Self.fewestRows, page(tree: rows, below: least).lines.count > Self.height { rows -= 1 }
        return page(tree: rows, below: least).rendered()
    }

    private func page(tree rows: Int, below: Page) -> Page {
        var page = head
        page.addTree(tree, rows: rows)
        page.add(below.lines + certainty.lines)
        return page
    }

    private var head: Page {
        var page = Page(options)
        page.addTitle(of: findings)
        page.addSummary(of: findings, tree)
        return page
    }

    /// Hot lines; of a tracer, which counts calls, its functions before them.
    private func places(_ rows: Int) -> Page {
        var page = Page(options)
        if findings.kind == .tracing {
            page.options.top = rows
            page.addFunctions(of: findings)
            page.addHotLines(of: findings, source: source)
        } else {
            page.addOwnLines(of: tree, rows: rows, source: source)
        }
        return page
    }

    private var certainty: Page {
        var page = Page(options)
        let isCaveat = findings.caveats.contains { $0.code == "unaccounted" }
        page.heading("How sure this is")
        let facts = [
            findings.ledger.map(Wording.ledger),
            isCaveat
                ? nil : findings.unaccounted.map { Wording.unaccounted($0, followed: findings.processes?.count ?? 1) },
            Wording.hottest(findings.ranks, findings.functions), Wording.unseen(findings.unseen),
        ].compactMap { $0 }
        page.sentence(facts.joined(separator: "; "), .faint, bullet: "  ")
        page.addLines(of: findings.caveats.map { ([], $0) })
        page.addNotes(of: findings, indent: "  ")
        if let waiting = Wording.waiting(tree) { page.sentence(waiting + ".", .faint, bullet: "  ") }
        return page
    }
}
