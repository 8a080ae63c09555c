import Capture

/// Walks the frames of one thread without trusting any pointer.
///
/// CPython links frames while a signal may strike between any two instructions, so a frame is believed only where
/// it lies as its owner says, and a chain only where it ends as it must. How C enters Python, and with it how
/// chains end, differs: `walkCFrames` up to 3.12, `walkChain` from 3.13 on.
struct FrameWalk: Sendable {
    let layout: FrameLayout
    var memory: GuardedMemory
    let codeType: UInt
    let named: NamedCodes
    /// `nil` where nobody asks for the functions of C that are called.
    var callees: CalleeReading?

    /// Why a stack cannot be told.
    static let unverified = -1

    /// More frames than any recursion has are a circle.
    static let mostSteps = 1 << 22

    /// Chunks of some 160 frames down to which the proof of a segment goes where it is deeper than is noted.
    static let mostStepsOfProof = 64

    /// Writes the frames of a thread and returns how many; `unverified` where they contradict each other.
    ///
    /// - Parameters:
    ///   - isOwn: whether the calling thread walks itself, so that its stacks can be read directly.
    ///   - stack: its C stack, as far as it is known.
    @_noLocks
    func walk(threadState: UInt, isOwn: Bool, stack: CStack, into room: StackRoom) -> Int {
        guard
            var reader = FrameReader(
                threadState: threadState, isOwn: isOwn, stack: stack, layout: layout, memory: memory,
                copyingTo: room.chunk),
            let first = reader.word(threadState, layout.threadFrame)
        else { return Self.unverified }
        let depth = chain(from: first, threadState: threadState, &reader, into: room.notes)
        guard depth >= 0 else { return depth }
        let codes = ProvenCodes(in: room)
        if isOwn { room.copies.removeAll() }
        let proven = prove(depth, isOwn: isOwn, in: room, codes)
        guard proven > 0, proven < StackRoom.largestDepth else { return proven }
        return top(
            reader, codes, isCollecting: callees?.interpreter?.isCollecting(threadState) == true, in: room,
            proven)
    }

    /// Puts what the running function is at on top of its stack: what it calls in C or returns from, and collecting garbage.
    @_noLocks @inline(__always)
    private func top(
        _ reader: FrameReader, _ codes: ProvenCodes, isCollecting: Bool, in room: StackRoom, _ proven: Int
    ) -> Int {
        var depth = proven
        if let top = returning(reader, codes) ?? callee(of: room.stack(depth: depth)[0], reader) {
            room.put(top, above: depth)
            depth &+= 1
        }
        guard isCollecting, depth < StackRoom.largestDepth else { return depth }
        room.put(Callee.frame(.collection, 0), above: depth)
        return depth &+ 1
    }

    /// Notes the frames of a thread and returns how many; `unverified` where they contradict each other.
    ///
    /// - Parameter first: what its state calls its frame.
    @_noLocks @inline(__always)
    func chain(
        from first: UInt, threadState: UInt, _ reader: inout FrameReader, into notes: UnsafeMutablePointer<FrameNote>
    ) -> Int {
        if let cframes = layout.cframes {
            walkCFrames(cframes, from: first, threadState: threadState, &reader, into: notes)
        } else {
            walkChain(from: first, threadState: threadState, &reader, into: notes)
        }
    }

    /// Puts down what is known of a frame while its chain is not believed yet.
    @_noLocks @inline(__always)
    func note(_ head: FrameHead, holdsCode: Bool, at note: UnsafeMutablePointer<FrameNote>) {
        note.pointee = FrameNote(code: head.code, instruction: head.instruction, holdsCode: holdsCode)
    }

    /// Makes frames of notes, and leaves out what is no function of the program's; how many there are.
    @_noLocks
    func prove(_ depth: Int, isOwn: Bool, in room: StackRoom, _ codes: ProvenCodes) -> Int {
        var proven = 0
        var at = depth
        while at > 0 {
            at &-= 1
            let note = room.notes[at]
            guard
                let proof = proof(
                    of: note.code, isHeld: isOwn && note.holdsCode, codes, copyingTo: isOwn ? room.copies : nil),
                let frame = frame(proof.pointee, at: note.instruction)
            else { return Self.unverified }
            if proof.pointee.isHidden { continue }
            room.put(frame, above: proven)
            proven &+= 1
        }
        return proven
    }

    /// - Parameter isHeld: whether the calling thread surely holds it.
    @_noLocks @inline(__always)
    func proof(of code: UInt, isHeld: Bool, _ codes: ProvenCodes, copyingTo copies: CopiedCodes? = nil)
        -> UnsafePointer<CodeProof>?
    {
        let place = codes.place(of: code)
        if place.pointee.identity.address != code {
            if isHeld {
                place.pointee = proof(ofHeld: code)
            } else {
                guard let found = proof(of: code) else { return nil }
                place.pointee = found
            }
            if let copies, !named.holds(place.pointee.identity) { copy(place.pointee, isHeld: isHeld, to: copies) }
        }
        return UnsafePointer(place)
    }

    /// The frame of a function at an instruction, an address; `nil` where that is none of the function's.
    @_noLocks @inline(__always)
    func frame(_ proof: CodeProof, at instruction: UInt) -> SampledFrame? {
        let offset = Int(bitPattern: instruction &- (proof.identity.address &+ UInt(layout.codeInstructions)))
        guard offset >= -2, offset < 2 &* proof.units else { return nil }
        return SampledFrame(code: proof.identity, instruction: Int32(truncatingIfNeeded: offset >> 1))
    }
}
