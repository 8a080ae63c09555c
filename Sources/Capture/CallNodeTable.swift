/// Finds a node by its parent and its key: open addressing, at most half full.
struct CallNodeTable {
    private var places: UnsafeMutablePointer<CallNode.Reference?>
    private var mask: Int
    private var count = 0

    init() {
        mask = 31
        places = .allocate(capacity: mask + 1)
        places.initialize(repeating: nil, count: mask + 1)
    }

    func find(_ key: UInt, under parent: CallNode.Reference) -> CallNode.Reference? {
        var at = start(key, parent)
        while let node = places[at] {
            if node.pointee.key == key, node.pointee.parent == parent { return node }
            at = (at &+ 1) & mask
        }
        return nil
    }

    mutating func insert(_ node: CallNode.Reference) {
        if count * 2 >= mask { grow() }
        count += 1
        place(node)
    }

    private mutating func place(_ node: CallNode.Reference) {
        guard let parent = node.pointee.parent else { return }
        var at = start(node.pointee.key, parent)
        while places[at] != nil { at = (at &+ 1) & mask }
        places[at] = node
    }

    private mutating func grow() {
        let old = UnsafeMutableBufferPointer(start: places, count: mask + 1)
        mask = mask * 2 + 1
        places = .allocate(capacity: mask + 1)
        places.initialize(repeating: nil, count: mask + 1)
        for case let node? in old { place(node) }
        old.deallocate()
    }

    func deallocate() { places.deallocate() }

    /// Multiplicative hashing (Knuth, TAOCP 3, 6.4); both are addresses, so their low bits say little.
    private func start(_ key: UInt, _ parent: CallNode.Reference) -> Int {
        let mixed = (key ^ (UInt(bitPattern: parent) &* 31)) &* 0x9e37_79b9_7f4a_7c15
        return Int(bitPattern: mixed >> 32) & mask
    }
}
