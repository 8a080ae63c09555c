/// The nodes of a flame graph that a page has room for: the heaviest, and so the callers of each.
struct FlameSelection {
    /// Without the root, each followed by what it calls, the heaviest first.
    private(set) var nodes: [Int] = []
    /// By how many frames each of them stands below the one before it.
    private(set) var up: [Int] = []
    /// By node of the whole tree: the place among `nodes`, counted from 1, of the one that has its time; 0 is the root.
    private(set) var place: [Int]
    /// Frames in the order in which they are met, and the number of each.
    private(set) var frames: [Int] = []
    private(set) var numbers: [Int: Int] = [:]
    let leftOut: Int

    /// About so many bytes are a node.
    private static let nodeSize = 14

    /// - Parameters:
    ///   - parents: by node; a caller comes before what it calls, and node 0 is the root.
    ///   - totals: by node, its time with all that it calls.
    ///   - room: in bytes.
    ///   - size: of a frame with its texts, in bytes.
    init(parents: [Int], frames frameOfNode: [Int], totals: [Double], room: Int, size: (Int) -> Int) {
        let kept = Self.kept(parents, frameOfNode, totals, room, size)
        place = Array(repeating: 0, count: parents.count)
        leftOut = parents.count - 1 - kept.count
        addInOrder(kept, parents, totals)
        for node in nodes where numbers[frameOfNode[node]] == nil {
            numbers[frameOfNode[node]] = frames.count
            frames.append(frameOfNode[node])
        }
        for node in parents.indices.dropFirst() where place[node] == 0 { place[node] = place[parents[node]] }
    }

    private static func kept(
        _ parents: [Int], _ frames: [Int], _ totals: [Double], _ room: Int, _ size: (Int) -> Int
    ) -> [Int] {
        var left = room
        var seen: Set<Int> = []
        let byWeight = parents.indices.dropFirst().sorted { (totals[$1], $0) < (totals[$0], $1) }
        return Array(
            byWeight.prefix { node in
                left -= nodeSize + (seen.insert(frames[node]).inserted ? size(frames[node]) : 0)
                return left >= 0 && totals[node] > 0
            })
    }

    /// - Parameter kept: the heaviest first.
    private mutating func addInOrder(_ kept: [Int], _ parents: [Int], _ totals: [Double]) {
        var children: [Int: [Int]] = [:]
        for node in kept { children[parents[node], default: []].append(node) }
        var waiting = (children[0] ?? []).reversed().map { (node: $0, depth: 1) }
        var depth = 0
        while let (node, its) = waiting.popLast() {
            nodes.append(node)
            place[node] = nodes.count
            up.append(depth - its + 1)
            depth = its
            waiting += (children[node] ?? []).reversed().map { ($0, its + 1) }
        }
    }
}
