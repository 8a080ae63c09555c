/// All stacks of a profile as one prefix tree, so that a stack of any depth costs one node.
///
/// Node 0 is the empty stack. Every other node adds one location, nearer to the leaf, to its parent;
/// a parent always has a smaller index than its children.
public struct StackTable: Sendable, Equatable {
    public private(set) var parents: [Int32] = [0]
    public private(set) var locations: [LocationID] = [LocationID(-1)]
    private var children: [Edge: StackID] = [:]

    private struct Edge: Hashable {
        var parent: StackID
        var location: LocationID
    }

    public init() {}

    /// How many stacks there are, the empty one included.
    public var count: Int { parents.count }

    /// The number of frames of every stack, in order.
    public var depths: [Int] {
        var depths = [Int](repeating: 0, count: count)
        for stack in 1..<max(1, count) { depths[stack] = depths[Int(parents[stack])] + 1 }
        return depths
    }

    /// The stack that has `location` on top of `parent`, made where it is new.
    public mutating func push(_ location: LocationID, onto parent: StackID) -> StackID {
        let edge = Edge(parent: parent, location: location)
        if let known = children[edge] { return known }
        let new = StackID(parents.count)
        parents.append(Int32(parent.index))
        locations.append(location)
        children[edge] = new
        return new
    }

    /// The stack that has `location` on top of `parent`; `nil` where there is none.
    public func child(of parent: StackID, location: LocationID) -> StackID? {
        children[Edge(parent: parent, location: location)]
    }

    /// The stack below the top of `stack`; the empty stack's is itself.
    public func parent(of stack: StackID) -> StackID { StackID(Int(parents[stack.index])) }

    /// The location on top, or `nil` for the empty stack.
    public func leaf(of stack: StackID) -> LocationID? {
        stack == .empty ? nil : locations[stack.index]
    }

    /// The locations of a stack, leaf first.
    public func frames(of stack: StackID) -> [LocationID] {
        var frames: [LocationID] = []
        var at = stack
        while let location = leaf(of: at) {
            frames.append(location)
            at = parent(of: at)
        }
        return frames
    }

    /// The stack with these locations, root first.
    public mutating func intern(rootFirst frames: some Sequence<LocationID>) -> StackID {
        frames.reduce(.empty) { push($1, onto: $0) }
    }
}
