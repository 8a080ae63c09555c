import ProfileModel

/// A prefix tree of frames; like `StackTable`, parents come before their children.
struct FlameTree {
    struct Node: Hashable, Sendable {
        var parent: Int
        /// −1 of the root.
        var frame: Int
    }

    private(set) var nodes = [Node(parent: 0, frame: -1)]
    private(set) var frames: [FlameFrame] = []
    private var depths = [0]
    private var known: [Node: Int] = [:]
    private var numbers: [FlameFrame: Int] = [:]

    /// The node of every stack of a profile.
    ///
    /// - Parameters:
    ///   - within: the bare or qualified name of the function that stacks begin at; a stack that has not come to it is at no node.
    ///   - foldsImports: whether all that runs beneath an import is a part of it.
    ///   - frame: of a function; `nil` where its time is its caller's.
    mutating func nodes(
        ofStacks profile: Profile, within: String? = nil, foldsImports: Bool = false,
        _ frame: (Function) -> FlameFrame?
    ) -> [Int?] {
        let isFirst = profile.functions.map { within == nil || $0.name == within || $0.qualname == within }
        let frameOfFunction = profile.functions.map { frame($0).map { number($0) } }
        var nodes: [Int?] = [within == nil ? 0 : nil]
        nodes.reserveCapacity(profile.stacks.count)
        for stack in profile.stacks.parents.indices.dropFirst() {
            let function = profile.locations[profile.stacks.locations[stack].index].function.index
            let base = nodes[Int(profile.stacks.parents[stack])] ?? (isFirst[function] ? 0 : nil)
            nodes.append(
                base.map { base in
                    guard let frame = frameOfFunction[function], !(foldsImports && isImport(base)) else { return base }
                    return node(frame, onto: base)
                })
        }
        return nodes
    }

    private func isImport(_ node: Int) -> Bool { node > 0 && frames[nodes[node].frame].kind == .imports }

    /// The node of a frame that is called by another's.
    mutating func node(of frame: FlameFrame, onto parent: Int) -> Int { node(number(frame), onto: parent) }

    private mutating func number(_ frame: FlameFrame) -> Int {
        if let known = numbers[frame] { return known }
        numbers[frame] = frames.count
        frames.append(frame)
        return frames.count - 1
    }

    private mutating func node(_ frame: Int, onto parent: Int) -> Int {
        guard depths[parent] < FlameGraph.mostDepth else { return parent }
        let node = Node(parent: parent, frame: frame)
        if let known = known[node] { return known }
        known[node] = nodes.count
        nodes.append(node)
        depths.append(depths[parent] + 1)
        return nodes.count - 1
    }
}

extension FlameTree {
    /// By node, what all nodes above it have, itself included.
    func totals(_ own: [Double]) -> [Double] {
        var sums = own
        for node in nodes.indices.dropFirst().reversed() { sums[nodes[node].parent] += sums[node] }
        return sums
    }
}
