import ProfileModel

/// Which places each stack is charged to, each once however often it recurs.
///
/// A stack's places form a chain of nodes of the stack table: from `head[stack]` along `next` down to
/// node 0. Stacks with a common root share the end of their chains, so that a table of any depth
/// takes space for its nodes alone, and an index in a chain is always greater than the next.
struct Occupancy {
    let placeCount: Int
    let head: [Int32]
    let next: [Int32]
    /// The place of a node that is part of a chain.
    let place: [Int32]

    /// Self time: a stack is charged to the place on its top, if that is one.
    static func onTop(_ stacks: StackTable, _ placeOfLocation: [Int32], count: Int) -> Occupancy {
        let place = places(of: stacks, placeOfLocation)
        let head = place.indices.map { place[$0] >= 0 ? Int32($0) : 0 }
        return Occupancy(
            placeCount: count, head: head, next: Array(repeating: 0, count: place.count), place: place)
    }

    /// Total time: a stack is charged to every place on it, at the place's outermost node.
    static func anywhere(_ stacks: StackTable, _ placeOfLocation: [Int32], count: Int) -> Occupancy {
        let place = places(of: stacks, placeOfLocation)
        let isOutermost = outermost(stacks.parents, place, count)
        var head = [Int32](repeating: 0, count: place.count)
        var next = head
        for node in place.indices.dropFirst() {
            next[node] = head[Int(stacks.parents[node])]
            head[node] = isOutermost[node] ? Int32(node) : next[node]
        }
        return Occupancy(placeCount: count, head: head, next: next, place: place)
    }

    /// By stack, the one place that it is charged to; −1 for none. Of self time, where there is no more than one.
    var onlyPlaces: [Int32] { head.map { $0 == 0 ? -1 : place[Int($0)] } }

    /// Each stack is charged to one place at most.
    static func single(_ placeOfStack: [Int32], count: Int) -> Occupancy {
        Occupancy(
            placeCount: count, head: placeOfStack.indices.map { placeOfStack[$0] >= 0 ? Int32($0) : 0 },
            next: Array(repeating: 0, count: placeOfStack.count), place: placeOfStack)
    }

    /// For every place the sum of the values of all stacks that are charged to it.
    func sums(ofStackValues values: [Double]) -> [Double] {
        var carried = [Double](repeating: 0, count: head.count)
        var sums = [Double](repeating: 0, count: placeCount)
        for stack in values.indices { carried[Int(head[stack])] += values[stack] }
        for node in carried.indices.dropFirst().reversed() where carried[node] != 0 {
            sums[Int(place[node])] += carried[node]
            carried[Int(next[node])] += carried[node]
        }
        return sums
    }

    private static func places(of stacks: StackTable, _ placeOfLocation: [Int32]) -> [Int32] {
        stacks.locations.map { $0.index < 0 ? -1 : placeOfLocation[$0.index] }
    }

    /// Whether a node's place is not already on the path above it.
    private static func outermost(_ parents: [Int32], _ place: [Int32], _ placeCount: Int) -> [Bool] {
        var isOutermost = [Bool](repeating: false, count: parents.count)
        var onPath = [Int32](repeating: 0, count: placeCount)
        var walk = TreeWalk(parents)
        while let step = walk.next() {
            switch step {
            case .enter(let node) where place[node] >= 0:
                isOutermost[node] = onPath[Int(place[node])] == 0
                onPath[Int(place[node])] += 1
            case .leave(let node) where place[node] >= 0:
                onPath[Int(place[node])] -= 1
            case .enter, .leave:
                break
            }
        }
        return isOutermost
    }
}
