import CMachine
import Glibc

/// Room for call nodes that never move, so that another thread may read them while the tree grows.
struct CallNodeArena {
    private static let blockSize = 1024
    private static let mostBlocks = 1 << 16

    private let blocks: UnsafeMutablePointer<CallNode.Reference?>
    private let made: UnsafeMutablePointer<UInt64>

    /// Zeros that the system gives when they are touched: nobody gives an arena back, and most use one block.
    init() {
        guard let zeros = calloc(Self.mostBlocks, MemoryLayout<CallNode.Reference?>.stride) else { preconditionFailure("no memory for call nodes") }
        blocks = zeros.bindMemory(to: CallNode.Reference?.self, capacity: Self.mostBlocks)
        made = .allocate(capacity: 1)
        made.initialize(to: 0)
    }

    var count: Int { Int(machine_load_acquire(made)) }

    /// A new node, in a new block where the last one is full.
    func make(key: UInt, parent: CallNode.Reference?) -> CallNode.Reference {
        let id = count
        let block = blocks + min(id / Self.blockSize, Self.mostBlocks - 1)
        if block.pointee == nil { block.pointee = Self.newBlock() }
        guard let base = block.pointee else { preconditionFailure("no memory for a call node") }
        let node = base + id % Self.blockSize
        node.initialize(to: CallNode(key: key, parent: parent, id: UInt32(id)))
        machine_store_release(made, UInt64(id + 1))
        return node
    }

    /// A node is as large as a line of the processor's cache, and begins where one does: a path costs one line.
    private static func newBlock() -> CallNode.Reference {
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: blockSize * MemoryLayout<CallNode>.stride, alignment: 64)
        return bytes.bindMemory(to: CallNode.self, capacity: blockSize)
    }

    /// All nodes, in the order of their ids.
    func nodes() -> some Collection<CallNode.Reference> {
        (0..<count).lazy.compactMap { id in blocks[id / Self.blockSize].map { $0 + id % Self.blockSize } }
    }
}
