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
        for profile in profiles { tree.add(profile, within) }
        return tree.root(leastShare: leastShare)
    }
}

/// A prefix tree of functions; like `StackTable`, parents come before their children.
private struct FlameTree {
    private struct Node {
        var parent: Int
        var function: Int
        var depth: Int
        var nanoseconds = 0.0
    }

    private struct Edge: Hashable {
        var parent: Int
        var function: Int
    }

    private var nodes = [Node(parent: 0, function: -1, depth: 0)]
    private var children: [Edge: Int] = [:]
    private var functions: [Function] = []
    private var numbers: [Function: Int] = [:]
    private var whole = 0.0

    mutating func add(_ profile: Profile, _ within: String?) {
        let time = StackTime(profile)
        let isFirst = profile.functions.map { within == nil || $0.name == within || $0.qualname == within }
        let functionOfLocation = profile.locations.map { number(profile.functions[$0.function.index]) }
        // Where a stack has not come to the first function yet, it is at no node.
        var merged: [Int?] = [within == nil ? 0 : nil]
        merged.reserveCapacity(profile.stacks.count)
        for stack in profile.stacks.parents.indices.dropFirst() {
            let location = profile.stacks.locations[stack].index
            let below = merged[Int(profile.stacks.parents[stack])]
            let base = below ?? (isFirst[profile.locations[location].function.index] ? 0 : nil)
            merged.append(base.map { node(functionOfLocation[location], onto: $0) })
        }
        let inScope = zip(merged, time.own).compactMap { node, own in node.map { ($0, own) } }
        for (node, own) in inScope { nodes[node].nanoseconds += own }
        whole += within == nil ? time.whole : inScope.reduce(0) { $0 + $1.1 }
    }

    private mutating func number(_ function: Function) -> Int {
        if let known = numbers[function] { return known }
        numbers[function] = functions.count
        functions.append(function)
        return functions.count - 1
    }

    private mutating func node(_ function: Int, onto parent: Int) -> Int {
        guard nodes[parent].depth < FlameGraph.mostDepth else { return parent }
        let edge = Edge(parent: parent, function: function)
        if let known = children[edge] { return known }
        nodes.append(Node(parent: parent, function: function, depth: nodes[parent].depth + 1))
        children[edge] = nodes.count - 1
        return nodes.count - 1
    }

    /// Built from the leaves down, so that depth costs no recursion.
    func root(leastShare: Double) -> FlameNode {
        var sums = nodes.map(\.nanoseconds)
        var above: [Int: [FlameNode]] = [:]
        for index in nodes.indices.dropFirst().reversed() {
            let parent = nodes[index].parent
            sums[parent] += sums[index]
            let ready = above.removeValue(forKey: index) ?? []
            guard whole > 0, sums[index] / whole >= leastShare else { continue }
            above[parent, default: []].append(flame(index, share: sums[index] / whole, children: ready))
        }
        return FlameNode(name: "all", share: whole > 0 ? 1 : 0, children: sorted(above[0] ?? []))
    }

    private func flame(_ index: Int, share: Double, children: [FlameNode]) -> FlameNode {
        let function = functions[nodes[index].function]
        return FlameNode(
            name: function.name, file: function.file, line: function.line, share: share, children: sorted(children))
    }

    private func sorted(_ nodes: [FlameNode]) -> [FlameNode] {
        nodes.sorted { ($0.name, $0.file ?? "", $0.line) < ($1.name, $1.file ?? "", $1.line) }
    }
}
