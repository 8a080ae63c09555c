import ProfileModel

/// Sums over the prefix tree of stacks, in time linear in its nodes and without recursion, because
/// tracers' trees may have a million nodes and be ten thousand deep.
struct Subtrees {
    private let parents: [Int32]
    /// By node: the time with this stack or one that continues it.
    private(set) var sums: [Double]

    init(of stacks: StackTable, own: [Double]) {
        parents = stacks.parents
        sums = own
        for node in sums.indices.dropFirst().reversed() { sums[Int(parents[node])] += sums[node] }
    }

    /// Total time by key: each stack counts once for every key that is anywhere on it.
    ///
    /// - Parameter keys: by node, the key that the node adds to its parent's stack; -1 for none.
    /// - Parameter count: keys are below this.
    func totals(of keys: [Int32], count: Int) -> [Double] {
        var totals = Array(repeating: 0.0, count: count)
        var open = Array(repeating: 0, count: count)
        let links = ChildLinks(parents)
        links.walk { node, isEntering in
            let key = Int(keys[node])
            guard key >= 0 else { return }
            // Only the outermost occurrence adds its subtree; the others are in it already.
            if isEntering, open[key] == 0 { totals[key] += sums[node] }
            open[key] += isEntering ? 1 : -1
        }
        return totals
    }
}

/// First child and next sibling of every node: the tree, to be walked depth first without a stack.
private struct ChildLinks {
    let parents: [Int32]
    var firstChild: [Int32]
    var nextSibling: [Int32]

    init(_ parents: [Int32]) {
        self.parents = parents
        firstChild = Array(repeating: -1, count: parents.count)
        nextSibling = firstChild
        for node in parents.indices.dropFirst().reversed() {
            let parent = Int(parents[node])
            nextSibling[node] = firstChild[parent]
            firstChild[parent] = Int32(node)
        }
    }

    /// Enters and leaves every node but the root, children between.
    func walk(_ visit: (_ node: Int, _ isEntering: Bool) -> Void) {
        var node = firstChild[0]
        while node > 0 {
            visit(Int(node), true)
            if firstChild[Int(node)] > 0 {
                node = firstChild[Int(node)]
                continue
            }
            node = leave(Int(node), visit)
        }
    }

    /// Leaves a node without (further) children and those that end with it; the next one to enter.
    private func leave(_ node: Int, _ visit: (_ node: Int, _ isEntering: Bool) -> Void) -> Int32 {
        var node = node
        while node > 0 {
            visit(node, false)
            if nextSibling[node] > 0 { return nextSibling[node] }
            node = Int(parents[node])
        }
        return -1
    }
}
