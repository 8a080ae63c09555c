/// A walk through a tree given by parents, depth first, that enters every node but the root (node 0) once
/// and leaves it once; children come in the order of their numbers. It recurses nowhere: stacks may be as deep as they like.
public struct TreeWalk {
    public enum Step {
        case enter(Int)
        case leave(Int)
    }

    private let parents: [Int32]
    /// 0 where there is none.
    private var firstChild: [Int32]
    private var sibling: [Int32]
    private var node = 0
    private var isGoingDown = true

    public init(_ parents: [Int32]) {
        self.parents = parents
        firstChild = Array(repeating: 0, count: parents.count)
        sibling = firstChild
        for child in parents.indices.dropFirst().reversed() {
            sibling[child] = firstChild[Int(parents[child])]
            firstChild[Int(parents[child])] = Int32(child)
        }
    }

    public mutating func next() -> Step? {
        let below = isGoingDown ? Int(firstChild[node]) : Int(sibling[node])
        if below != 0 {
            node = below
            isGoingDown = true
            return .enter(node)
        }
        // No child, or no further sibling: the node that is left is this one, or the one above it.
        if !isGoingDown { node = Int(parents[node]) }
        isGoingDown = false
        return node == 0 ? nil : .leave(node)
    }
}
