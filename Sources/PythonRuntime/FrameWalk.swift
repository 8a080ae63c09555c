import Capture

/// Walks the frames of one thread without trusting any pointer.
///
/// CPython links frames while a signal may strike between any two instructions: on entry from C the
/// new `_PyCFrame` holds for a moment whatever the C stack held, and a frame that returns stays
/// linked while it is being cleared. So the chain is taken in segments, one for each entry from C,
/// and a segment is believed only where its last frame leads to the frame that the segment below
/// calls its own. The newest segment may be half made; it is then left out, for its caller is what runs.
struct FrameWalk: Sendable {
    let layout: FrameLayout
    let memory: GuardedMemory
    let codeType: UInt

    /// What is known of one frame.
    private struct Head {
        var code: UInt
        var previous: UInt
        var instruction: UInt
        /// Whether it runs, or has called C: it then surely holds its code. One that returns does not.
        var isExecuting: Bool
        var isEntry: Bool
        var owner: UInt8
    }

    /// Why a stack cannot be told.
    static let unverified = -1

    /// More frames than any recursion has are a circle.
    private static let mostSteps = 1 << 22

    /// Marks a frame, while its chain is not believed yet, as one that is being executed.
    private static let executing: Int32 = 1

    private static let ownedByThread: UInt8 = 0
    private static let ownedByGenerator: UInt8 = 1

    /// Writes the frames of a thread, leaf first, and returns how many; `unverified` where they contradict each other.
    ///
    /// - Parameter isOwn: whether the calling thread walks itself, so that its data stack can be read directly.
    @_noLocks
    func walk(threadState: UInt, isOwn: Bool, into frames: UnsafeMutablePointer<SampledFrame>) -> Int {
        guard var cframe = word(threadState, layout.threadCFrame, isOwn), let chunk = word(threadState, layout.threadStackChunk, isOwn),
            let top = word(threadState, layout.threadStackTop, isOwn)
        else { return Self.unverified }
        var chunks = StackChunks(newest: chunk, top: top, frameSize: layout.frameSize, isOwn: isOwn, memory: memory)
        var depth = 0
        var isNewest = true
        // The newest `_PyCFrame` is one, even half made; those below may be read directly only when a
        // segment that leads to them has been believed.
        var isBelieved = false
        while let below = word(cframe, layout.cframePrevious, isOwn && (isNewest || isBelieved)) {
            // The last `_PyCFrame` is the thread's own and has no frame.
            if below == 0 || depth == SampleSlots.largestDepth {
                // With the only segment left out, nothing would be told of a thread that does run Python.
                return depth == 0 && !isNewest ? Self.unverified : finish(frames, depth, isOwn)
            }
            // The newest may not even know the one below yet: that is the thread's own, or stands higher
            // on the C stack.
            guard below == threadState &+ UInt(layout.threadRootCFrame) || (below > cframe && below & 7 == 0),
                let first = word(cframe, layout.cframeFrame, isOwn && (isNewest || isBelieved)),
                let expected = word(below, layout.cframeFrame, isOwn && isBelieved)
            else { return Self.unverified }
            var cursor = chunks
            let walked = walkSegment(first, expecting: expected, isOwn, isNewest, &cursor, into: frames, from: depth)
            if walked >= 0 {
                depth = walked
                chunks = cursor
                isBelieved = true
            } else if !isNewest {
                return Self.unverified
            }
            isNewest = false
            cframe = below
        }
        return Self.unverified
    }

    /// Walks from `first` to the frame through which C entered; the new depth, or -1 where the chain breaks.
    @_noLocks
    private func walkSegment(
        _ first: UInt, expecting below: UInt, _ isOwn: Bool, _ isNewest: Bool, _ chunks: inout StackChunks,
        into frames: UnsafeMutablePointer<SampledFrame>, from start: Int
    ) -> Int {
        var depth = start
        var at = first
        var steps = 0
        while at != 0, steps < Self.mostSteps {
            steps &+= 1
            guard let head = head(at, isOwn, &chunks) else { return -1 }
            let isDying = isNewest && at == chunks.top
            if !isDying, depth < SampleSlots.largestDepth {
                // The identity is read only when the whole chain has been believed.
                let code = SampledFrame.Code(address: head.code, nameHead: UInt64(head.instruction), nameLength: 0, firstLine: 0)
                frames[depth] = SampledFrame(code: code, instruction: head.isExecuting ? Self.executing : 0)
                depth &+= 1
            }
            if head.isEntry { return head.previous == below ? depth : -1 }
            at = head.previous
        }
        return -1
    }

    /// Reads a frame: directly in the thread's own data stack, guarded on the heap, where generators keep theirs.
    @_noLocks
    private func head(_ address: UInt, _ isOwn: Bool, _ chunks: inout StackChunks) -> Head? {
        let isOnStack = chunks.contains(address, size: layout.frameSize)
        let owner = isOnStack ? Self.ownedByThread : Self.ownedByGenerator
        if isOwn, isOnStack {
            let head = decode(address)
            return head.owner == owner ? head : nil
        }
        guard address & 7 == 0 else { return nil }
        var copy: (UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt) = (0, 0, 0, 0, 0, 0, 0, 0, 0)
        return withUnsafeMutableBytes(of: &copy) { bytes -> Head? in
            guard let base = bytes.baseAddress, memory.copy(from: address, to: base, size: layout.frameSize) else { return nil }
            var head = decode(UInt(bitPattern: base))
            head.isExecuting = false
            return head.owner == owner ? head : nil
        }
    }

    @_noLocks @inline(__always)
    private func decode(_ at: UInt) -> Head {
        Head(
            code: load(at &+ UInt(layout.frameCode)), previous: load(at &+ UInt(layout.framePrevious)),
            instruction: load(at &+ UInt(layout.frameInstruction)),
            isExecuting: UInt32(truncatingIfNeeded: load(at &+ UInt(layout.frameStackTop))) == .max,
            isEntry: load(at &+ UInt(layout.frameIsEntry)) & 0xff != 0,
            owner: UInt8(truncatingIfNeeded: load(at &+ UInt(layout.frameOwner &- 5)) >> 40))
    }

    @_noLocks @inline(__always)
    private func word(_ base: UInt, _ offset: Int, _ isOwn: Bool) -> UInt? {
        isOwn ? load(base &+ UInt(offset)) : memory.word(at: base &+ UInt(offset))
    }

    /// Puts identities in the place of bare pointers.
    ///
    /// All frames but the newest are alive and hold their code; the newest may be letting go of it,
    /// unless it is being executed: CPython then keeps -1 for its stack's height.
    @_noLocks
    private func finish(_ frames: UnsafeMutablePointer<SampledFrame>, _ depth: Int, _ isOwn: Bool) -> Int {
        var at = 0
        while at < depth {
            let code = frames[at].code.address
            let next = UInt(frames[at].code.nameHead)
            guard let identity = identity(of: code, isAlive: isOwn && (at > 0 || frames[at].instruction == Self.executing)) else { return Self.unverified }
            let offset = Int(bitPattern: next &- (code &+ UInt(layout.codeInstructions)))
            guard offset >= -2, offset < 1 << 28 else { return Self.unverified }
            frames[at] = SampledFrame(code: identity, instruction: Int32(truncatingIfNeeded: offset >> 1))
            at &+= 1
        }
        return depth
    }

    /// What proves which code object stands at an address; `nil` where none does.
    @_noLocks
    func identity(of code: UInt, isAlive: Bool) -> SampledFrame.Code? {
        if isAlive { return identity(of: code, head: code, text: load(code &+ UInt(layout.codeQualname))) }
        var copy = (Words8(), Words8(), Words8())
        var text = Words8()
        return withUnsafeMutableBytes(of: &copy) { head -> SampledFrame.Code? in
            guard let head = head.baseAddress, memory.copy(from: code, to: head, size: layout.codeQualname &+ 8) else { return nil }
            let headAddress = UInt(bitPattern: head)
            guard load(headAddress &+ 8) == codeType else { return nil }
            return withUnsafeMutableBytes(of: &text) { bytes -> SampledFrame.Code? in
                let name = load(headAddress &+ UInt(layout.codeQualname))
                guard let bytes = bytes.baseAddress, memory.copy(from: name, to: bytes, size: 56) else { return nil }
                return identity(of: code, head: headAddress, text: UInt(bitPattern: bytes))
            }
        }
    }

    @_noLocks @inline(__always)
    private func identity(of code: UInt, head: UInt, text: UInt) -> SampledFrame.Code {
        let length = load(text &+ UInt(layout.textLength))
        let isASCII = load(text &+ UInt(layout.textState)) & layout.textStateASCII != 0
        let head8 = isASCII ? UInt64(load(text &+ UInt(layout.textASCII))) : 0
        return SampledFrame.Code(
            address: code, nameHead: length >= 8 ? head8 : head8 & ((1 << (8 &* UInt64(length))) &- 1),
            nameLength: UInt32(truncatingIfNeeded: length),
            firstLine: Int32(truncatingIfNeeded: load(head &+ UInt(layout.codeFirstLine))))
    }
}

/// Room for 64 bytes on the C stack.
private struct Words8 {
    var words: (UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt) = (0, 0, 0, 0, 0, 0, 0, 0)
}
