import Analysis

extension Page {
    /// The heaviest paths of the tree, callers above callees.
    mutating func addStacks(_ flame: FlameNode) {
        heading("Stacks")
        let shown = Self.heaviest(flame, options.rows)
        guard !shown.isEmpty else { return add("  none were seen") }
        for (depth, node) in shown {
            let share = StyledLine(ShareText(Estimate(share: node.share)).share).padded(to: 8, .right)
            var label = label(node.name, at: node.file, node.line)
            label.lead = String(repeating: "  ", count: min(depth, width / 6))
            for (number, line) in label.lines(room: width - 10).enumerated() {
                let before = number == 0 ? share : StyledLine(String(repeating: " ", count: 8))
                add(StyledLine(before.spans + [Span("  ")] + line.spans))
            }
        }
    }

    /// So many nodes of the largest shares, in the order of a walk that takes the heaviest child first.
    ///
    /// A child is never heavier than its parent, so no node is shown without its callers.
    private static func heaviest(_ flame: FlameNode, _ most: Int) -> [(depth: Int, node: FlameNode)] {
        let all = walk(flame)
        let heaviest = all.indices.sorted { (all[$1].node.share, $0) < (all[$0].node.share, $1) }.prefix(most)
        return heaviest.sorted().map { all[$0] }
    }

    /// The nodes below the root; a loop, for a stack may be deep.
    private static func walk(_ flame: FlameNode) -> [(depth: Int, node: FlameNode)] {
        var walked: [(depth: Int, node: FlameNode)] = []
        var waiting = [(depth: -1, node: flame)]
        while let (depth, node) = waiting.popLast() {
            if depth >= 0 { walked.append((depth, node)) }
            let children = node.children.sorted { $0.share < $1.share }
            waiting += children.map { (depth + 1, $0) }
        }
        return walked
    }
}
