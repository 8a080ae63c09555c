import Analysis

extension Page {
    /// The heaviest paths of the tree, callers above callees.
    mutating func addStacks(_ flame: FlameNode) {
        heading("Stacks")
        let shown = Self.heaviest(flame, options.top)
        guard !shown.isEmpty else { return add("  none were seen") }
        for (depth, node) in shown {
            let share = StyledLine(ShareText(Estimate(share: node.share)).share).padded(to: 8, .right)
            let deep = String(repeating: "  ", count: min(depth, 30))
            add(StyledLine(share.spans + [Span("  " + deep)] + name(node.name, at: node.file, node.line).spans))
        }
    }

    /// So many nodes of the largest shares, in the order of a walk that takes the heaviest child first.
    ///
    /// A child is never heavier than its parent, so no node is shown without its callers.
    private static func heaviest(_ flame: FlameNode, _ most: Int) -> [(depth: Int, node: FlameNode)] {
        let shares = walk(flame, least: 0).map(\.node.share).sorted(by: >)
        guard let least = shares.prefix(most).last else { return [] }
        return Array(walk(flame, least: least).prefix(most))
    }

    /// The nodes below the root that have at least this share; a loop, for a stack may be deep.
    private static func walk(_ flame: FlameNode, least: Double) -> [(depth: Int, node: FlameNode)] {
        var walked: [(depth: Int, node: FlameNode)] = []
        var waiting = [(depth: -1, node: flame)]
        while let (depth, node) = waiting.popLast() {
            if depth >= 0 { walked.append((depth, node)) }
            let children = node.children.filter { $0.share >= least }.sorted { $0.share < $1.share }
            waiting += children.map { (depth + 1, $0) }
        }
        return walked
    }
}
