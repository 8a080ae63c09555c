import ProfileModel

/// Merges the stacks of several runs of one design into a flame graph.
public enum FlameGraph {
    /// Nodes below this share are left out; their time stays in their callers'.
    static let leastShare = 0.001
    /// What is deeper is put to the frame at this depth.
    static let mostDepth = 500

    /// The root, which stands for the whole thread-time of all profiles together.
    ///
    /// Stacks are merged by function, lines apart or not; shares are parts of the summed thread-times,
    /// so that a run counts by its length, as everywhere else. Children are in order of name.
    ///
    /// - Parameter within: the bare or qualified name of the function that stacks begin at, and whose time shares are parts of.
    public static func root(of profiles: [Profile], within: String? = nil) -> FlameNode {
        var tree = FlameTree()
        var own: [Int: Double] = [:]
        var whole = 0.0
        for profile in profiles {
            let time = StackTime(profile)
            let nodes = tree.nodes(ofStacks: profile, within: within) { FlameFrame($0, .own) }
            let inScope = zip(nodes, time.own).compactMap { node, own in node.map { ($0, own) } }
            for (node, nanoseconds) in inScope { own[node, default: 0] += nanoseconds }
            whole += within == nil ? time.whole : inScope.reduce(0) { $0 + $1.1 }
        }
        return tree.root(own: tree.nodes.indices.map { own[$0] ?? 0 }, whole: whole)
    }
}

extension FlameTree {
    /// Built from the leaves down, so that depth costs no recursion.
    fileprivate func root(own: [Double], whole: Double) -> FlameNode {
        let sums = totals(own)
        var above: [Int: [FlameNode]] = [:]
        for index in nodes.indices.dropFirst().reversed() {
            let ready = above.removeValue(forKey: index) ?? []
            guard whole > 0, sums[index] / whole >= FlameGraph.leastShare else { continue }
            above[nodes[index].parent, default: []].append(flame(index, share: sums[index] / whole, children: ready))
        }
        return FlameNode(name: "all", share: whole > 0 ? 1 : 0, children: sorted(above[0] ?? []))
    }

    private func flame(_ index: Int, share: Double, children: [FlameNode]) -> FlameNode {
        let function = frames[nodes[index].frame].function
        return FlameNode(
            name: function.name, file: function.file, line: function.line, share: share, children: sorted(children))
    }

    private func sorted(_ nodes: [FlameNode]) -> [FlameNode] {
        nodes.sorted { ($0.name, $0.file ?? "", $0.line) < ($1.name, $1.file ?? "", $1.line) }
    }
}
