import Capture

/// Walks the frames of one thread without trusting any pointer.
///
/// CPython links frames while a signal may strike between any two instructions, so a frame is believed only where
/// it lies as its owner says, and a chain only where it ends as it must. How C enters Python, and with it how
/// chains end, differs: `walkCFrames` up to 3.12, `walkChain` from 3.13 on.
struct FrameWalk: Sendable {
    let layout: FrameLayout
    let memory: GuardedMemory
    let codeType: UInt

    /// Why a stack cannot be told.
    static let unverified = -1

    /// More frames than any recursion has are a circle.
    static let mostSteps = 1 << 22

    /// Marks a frame, while its chain is not believed yet, as one that surely holds its code.
    private static let holdsCode: Int32 = 1

    /// Writes the frames of a thread, leaf first, and returns how many; `unverified` where they contradict each other.
    ///
    /// - Parameters:
    ///   - isOwn: whether the calling thread walks itself, so that its stacks can be read directly.
    ///   - stack: its C stack, as far as it is known.
    @_noLocks
    func walk(threadState: UInt, isOwn: Bool, stack: CStack, into frames: UnsafeMutablePointer<SampledFrame>) -> Int {
        guard var reader = FrameReader(threadState: threadState, isOwn: isOwn, stack: stack, layout: layout, memory: memory),
            let first = reader.word(threadState, layout.threadFrame)
        else { return Self.unverified }
        let depth =
            if let cframes = layout.cframes {
                walkCFrames(cframes, from: first, threadState: threadState, &reader, into: frames)
            } else {
                walkChain(from: first, threadState: threadState, &reader, into: frames)
            }
        return depth < 0 ? depth : prove(frames, depth, isOwn)
    }

    /// Puts down what is known of a frame while its chain is not believed yet.
    @_noLocks @inline(__always)
    func note(_ head: FrameHead, holdsCode: Bool, at frame: UnsafeMutablePointer<SampledFrame>) {
        let code = SampledFrame.Code(address: head.code, nameHead: UInt64(head.instruction), nameLength: 0, firstLine: 0)
        frame.pointee = SampledFrame(code: code, instruction: holdsCode ? Self.holdsCode : 0)
    }

    /// Puts identities in the place of bare pointers, and leaves out what is no function of the program's.
    @_noLocks
    private func prove(_ frames: UnsafeMutablePointer<SampledFrame>, _ depth: Int, _ isOwn: Bool) -> Int {
        var proven = 0
        for at in 0..<depth {
            let code = frames[at].code.address
            guard let proof = proof(of: code, isAlive: isOwn && frames[at].instruction == Self.holdsCode) else { return Self.unverified }
            let offset = Int(bitPattern: UInt(frames[at].code.nameHead) &- (code &+ UInt(layout.codeInstructions)))
            guard offset >= -2, offset < 2 &* proof.units else { return Self.unverified }
            if proof.isHidden { continue }
            frames[proven] = SampledFrame(code: proof.identity, instruction: Int32(truncatingIfNeeded: offset >> 1))
            proven &+= 1
        }
        return proven
    }
}
