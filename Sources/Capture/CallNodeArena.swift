import CMachine
import Glibc

/// Room for call nodes that never move, so that another thread may read them while the tree grows.
///
/// Each block is twice as large as the one before: a thread that calls little takes little.
struct CallNodeArena {
    private static let firstBlock = 16
    /// Together as many nodes as there are ids.
    private static let mostBlocks = 26

    private let blocks: UnsafeMutablePointer<CallNode.Reference?>
    private let made: UnsafeMutablePointer<UInt64>

    init() {
        blocks = .allocate(capacity: Self.mostBlocks)
        blocks.initialize(repeating: nil, count: Self.mostBlocks)
        made = .allocate(capacity: 1)
        made.initialize(to: 0)
    }

    var count: Int { Int(machine_load_acquire(made)) }

    /// A new node, in a new block where the last one is full.
    func make(key: UInt, parent: CallNode.Reference?) -> CallNode.Reference {
        let id = count
        let (block, place) = Self.place(of: id)
        if blocks[block] == nil { blocks[block] = Self.newBlock(Self.firstBlock << block) }
        guard let base = blocks[block] else { preconditionFailure("no memory for a call node") }
        let node = base + place
        node.initialize(to: CallNode(key: key, parent: parent, id: UInt32(id)))
        machine_store_release(made, UInt64(id + 1))
        return node
    }

    /// The number of a node's block, and the node's place in it. Before block k there are 16 · (2ᵏ − 1) nodes.
    private static func place(of id: Int) -> (block: Int, place: Int) {
        let block = min(mostBlocks - 1, Int.bitWidth - 1 - (id / firstBlock + 1).leadingZeroBitCount)
        return (block, id - firstBlock * (1 << block - 1))
    }

    /// A node is as large as a line of the processor's cache, and begins where one does: a path costs one line.
    private static func newBlock(_ nodes: Int) -> CallNode.Reference {
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: nodes * MemoryLayout<CallNode>.stride, alignment: 64)
        return bytes.bindMemory(to: CallNode.self, capacity: nodes)
    }

    /// All nodes, in the order of their ids.
    func nodes() -> some Collection<CallNode.Reference> {
        (0..<count).lazy.compactMap { id in
            let (block, place) = Self.place(of: id)
            return blocks[block].map { $0 + place }
        }
    }

    /// Gives all nodes back; none may be used any more.
    func deallocate() {
        for block in 0..<Self.mostBlocks { blocks[block]?.deallocate() }
        blocks.deallocate()
        made.deallocate()
    }
}
