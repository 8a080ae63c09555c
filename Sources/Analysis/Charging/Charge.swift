import ProfileModel

/// Which places each stack is charged to, each once however often it recurs.
///
/// A stack's places form a chain of nodes of the stack table: from `head[stack]` along `next` down to
/// node 0. Stacks with a common root share the end of their chains, so that a table of any depth
/// takes space for its nodes alone, and an index in a chain is always greater than the next.
struct Charge {
    let placeCount: Int
    let head: [Int32]
    let next: [Int32]
    /// The place of a node that is part of a chain.
    let place: [Int32]
    private let summing: Summing

    /// How values of stacks become values of places.
    private enum Summing {
        /// Of stacks with one place at most.
        case stacks
        /// The same, first by the location that stands for the place: many stacks have few locations.
        case locations([LocationID], placeOfLocation: [Int32])
        /// A place has all that is above its outermost nodes.
        case subtrees(parents: [Int32], outermost: [Int32])
    }

    /// Self time: a stack is charged to the place on its top, if that is one.
    static func onTop(_ placeOfStack: [Int32], count: Int) -> Charge {
        Charge(
            placeCount: count, head: placeOfStack.indices.map { placeOfStack[$0] >= 0 ? Int32($0) : 0 },
            next: Array(repeating: 0, count: placeOfStack.count), place: placeOfStack, summing: .stacks)
    }

    /// Self time of what has no place of its own: a stack is charged to the place on top of another, which is part of it.
    ///
    /// - Parameter nodes: by stack, that other; 0 for none.
    static func folded(_ stacks: StackTable, nodes: [Int32], _ placeOfLocation: [Int32], count: Int) -> Charge {
        let place = stacks.locations.map { $0.index < 0 ? -1 : placeOfLocation[$0.index] }
        return Charge(
            placeCount: count, head: nodes.map { place[Int($0)] >= 0 ? $0 : 0 },
            next: Array(repeating: 0, count: place.count),
            place: place, summing: .locations(stacks.locations, placeOfLocation: placeOfLocation))
    }

    /// Total time: a stack is charged to every place on it, at the place's outermost node.
    static func anywhere(_ stacks: StackTable, _ placeOfStack: [Int32], count: Int) -> Charge {
        let outermost = outermost(stacks.parents, placeOfStack, count)
        var isOutermost = [Bool](repeating: false, count: placeOfStack.count)
        for node in outermost { isOutermost[Int(node)] = true }
        var head = [Int32](repeating: 0, count: placeOfStack.count)
        var next = head
        for node in placeOfStack.indices.dropFirst() {
            next[node] = head[Int(stacks.parents[node])]
            head[node] = isOutermost[node] ? Int32(node) : next[node]
        }
        return Charge(
            placeCount: count, head: head, next: next, place: placeOfStack,
            summing: .subtrees(parents: stacks.parents, outermost: outermost))
    }

    /// By stack, the one place that it is charged to; −1 for none. Of self time, where there is no more than one.
    var onlyPlaces: [Int32] { head.map { $0 == 0 ? -1 : place[Int($0)] } }

    /// The nodes whose place is not already on the path above them, depth first.
    private static func outermost(_ parents: [Int32], _ place: [Int32], _ placeCount: Int) -> [Int32] {
        var outermost: [Int32] = []
        var onPath = [Int32](repeating: 0, count: placeCount)
        var walk = TreeWalk(parents)
        while let step = walk.next() {
            switch step {
            case .enter(let node) where place[node] >= 0:
                if onPath[Int(place[node])] == 0 { outermost.append(Int32(node)) }
                onPath[Int(place[node])] += 1
            case .leave(let node) where place[node] >= 0:
                onPath[Int(place[node])] -= 1
            case .enter, .leave:
                break
            }
        }
        return outermost
    }
}

extension Charge {
    /// For every place the sum of the values of all stacks that are charged to it, in time linear in the nodes.
    func sums(ofStackValues values: [Double]) -> [Double] {
        switch summing {
        case .stacks: sums(values, at: place)
        case .locations(let locations, let placeOfLocation): sums(values, locations, placeOfLocation)
        case .subtrees(let parents, let outermost): sums(values, above: outermost, parents)
        }
    }

    private func sums(_ values: [Double], at place: [Int32]) -> [Double] {
        var sums = [Double](repeating: 0, count: placeCount)
        for at in values.indices where place[at] >= 0 { sums[Int(place[at])] += values[at] }
        return sums
    }

    private func sums(_ values: [Double], _ locations: [LocationID], _ placeOfLocation: [Int32]) -> [Double] {
        var ofLocation = [Double](repeating: 0, count: placeOfLocation.count)
        for stack in values.indices where head[stack] != 0 {
            ofLocation[locations[Int(head[stack])].index] += values[stack]
        }
        return sums(ofLocation, at: placeOfLocation)
    }

    private func sums(_ values: [Double], above outermost: [Int32], _ parents: [Int32]) -> [Double] {
        var subtrees = values
        for node in subtrees.indices.dropFirst().reversed() { subtrees[Int(parents[node])] += subtrees[node] }
        var sums = [Double](repeating: 0, count: placeCount)
        for node in outermost { sums[Int(place[Int(node)])] += subtrees[Int(node)] }
        return sums
    }
}
