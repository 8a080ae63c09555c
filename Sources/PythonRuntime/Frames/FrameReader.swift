import Capture

/// Reads the frames of one thread from the leaf to the root, each in the way that its place allows.
struct FrameReader {
    let layout: FrameLayout
    let memory: GuardedMemory
    /// Whether the thread reads its own.
    let isOwn: Bool
    let stack: CStack
    var chunks: StackChunks
    /// The last frame on the C stack; older ones lie above it.
    private var newestOfC: UInt = 0
    /// The first frame that was read, which runs.
    private(set) var running: (address: UInt, code: UInt, mayHaveCalled: Bool)?
    /// The first frame that was read in the data stack; 0 before.
    private(set) var newestOfStack: UInt = 0

    /// `nil` where the thread has gone.
    @_noLocks
    init?(
        threadState: UInt, isOwn: Bool, stack: CStack, layout: FrameLayout, memory: GuardedMemory,
        copyingTo copy: UnsafeMutableRawPointer
    ) {
        self.layout = layout
        self.memory = memory
        self.isOwn = isOwn
        self.stack = stack
        chunks = StackChunks(isOwn: isOwn, memory: memory, copyingTo: copy)
        guard let chunk = word(threadState, layout.threadStackChunk), let top = word(threadState, layout.threadStackTop)
        else { return nil }
        // Up to 3.11 a frame may be popped before it is no longer linked.
        chunks.begin(newest: chunk, top: top, beyond: layout.cframes?.isEntry == nil ? 0 : layout.frameSize)
    }

    /// A word that may be read directly by the thread itself.
    @_noLocks @inline(__always)
    func word(_ base: UInt, _ offset: Int) -> UInt? { word(base, offset, isTrusted: true) }

    @_noLocks @inline(__always)
    func word(_ base: UInt, _ offset: Int, isTrusted: Bool) -> UInt? {
        isOwn && isTrusted ? load(base &+ UInt(offset)) : memory.word(at: base &+ UInt(offset))
    }

    /// The frame at an address; `nil` where none can be there.
    ///
    /// In the thread's own data stack and C stack it is read directly; elsewhere, where generators keep theirs, the
    /// kernel copies it.
    @_noLocks
    mutating func head(_ address: UInt) -> FrameHead? {
        guard let head = find(address) else { return nil }
        if running == nil { running = (address, head.isOfC ? 0 : head.code, head.mayHaveCalled) }
        return head
    }

    @_noLocks @inline(__always)
    private mutating func find(_ address: UInt) -> FrameHead? {
        guard address & 7 == 0 else { return nil }
        if chunks.contains(address, size: layout.frameSize) { return onStack(address) }
        if isOwn, stack.holds(address, size: layout.frameSize) { return ofC(address) }
        return copy(address).flatMap {
            $0.owner == FrameHead.ownedByGenerator || ($0.isOfC && !stack.isKnown()) ? $0 : nil
        }
    }

    @_noLocks @inline(__always)
    private mutating func onStack(_ address: UInt) -> FrameHead? {
        let displaced = chunks.displacement().map { FrameHead(at: address &+ $0, layout) }
        guard let head = displaced ?? copy(address), head.owner == FrameHead.ownedByThread else { return nil }
        if newestOfStack == 0 { newestOfStack = address }
        return head
    }

    /// Takes note of frames in the chunk, from one to another below it, that were read otherwise.
    @_noLocks @inline(__always)
    mutating func haveRead(from newest: UInt, downTo oldest: UInt) {
        chunks.haveBeenRead(downTo: oldest)
        if newestOfStack == 0 { newestOfStack = newest }
    }

    @_noLocks
    private mutating func ofC(_ address: UInt) -> FrameHead? {
        guard address > newestOfC else { return nil }
        newestOfC = address
        let head = FrameHead(at: address, layout)
        return head.isOfC ? head : nil
    }

    /// The frame at an address in the newest chunk of the data stack, be it linked or not; `nil` where none can be there.
    @_noLocks
    func inNewestChunk(_ address: UInt) -> FrameHead? {
        guard chunks.newestHolds(address, size: layout.frameSize) else { return nil }
        let head = isOwn ? FrameHead(at: address, layout) : copy(address)
        return head?.owner == FrameHead.ownedByThread ? head : nil
    }

    @_noLocks
    private func copy(_ address: UInt) -> FrameHead? {
        var copy = (Words8(), Words8())
        return withUnsafeMutableBytes(of: &copy) { bytes -> FrameHead? in
            guard let base = bytes.baseAddress, memory.copy(from: address, to: base, size: layout.frameSize) else {
                return nil
            }
            var head = FrameHead(at: UInt(bitPattern: base), layout)
            head.isExecuting = false
            return head
        }
    }
}

/// Room for 64 bytes on the C stack.
struct Words8 {
    var words: (UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt) = (0, 0, 0, 0, 0, 0, 0, 0)
}
