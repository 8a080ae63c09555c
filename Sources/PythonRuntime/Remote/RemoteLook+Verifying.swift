import Capture

/// What a look believes of what it has read.
extension RemoteLook {
    /// What is known of a chain of frames before any of it is believed.
    struct Outline {
        /// The innermost frames that do not lie in the data stack: those of generators, and those that stand for C.
        var elsewhere: [UInt] = []
        /// How often C called Python.
        var entries = 0
        var hasGenerators = false
    }

    func outline(_ state: UInt) -> Outline {
        var outline = Outline()
        guard var at = linkedFrame(state) else { return outline }
        for _ in 0..<StackRoom.largestDepth {
            guard at != 0, let (head, _) = first.head(at) else { break }
            if head.isOfC || head.isEntry { outline.entries += 1 }
            if head.owner == FrameHead.ownedByGenerator { outline.hasGenerators = true }
            if head.owner != FrameHead.ownedByThread, outline.elsewhere.count < Self.mostElsewhere {
                outline.elsewhere.append(at)
            }
            at = head.previous
        }
        return outline
    }

    /// The depth of the stack; `nil` where it is torn.
    func verified(_ state: UInt, _ outline: Outline) -> Int? {
        guard let frame = linkedFrame(state) else { return nil }
        // One reading tells all only of what is in one place, beneath which nothing but the thread's own entry is.
        if outline.entries <= 1, !outline.hasGenerators, let depth = atOnce(state, frame) { return depth }
        return seenTwice(state, frame, outline)
    }

    /// What the thread's state calls its frame, past the `_PyCFrame` where there are such.
    func linkedFrame(_ state: UInt) -> UInt? {
        let layout = live.layout
        guard let first = first.memory.word(at: state &+ UInt(layout.threadFrame)) else { return nil }
        return layout.cframes.map { self.first.memory.word(at: first &+ UInt($0.frame)) } ?? first
    }

    /// The stack as it was when the data stack was copied; `nil` where that is not told by the copy.
    private func atOnce(_ state: UInt, _ linked: UInt) -> Int? {
        let codes = ProvenCodes(in: room)
        guard let running = first.runningFrame(from: linked, in: snapshots.first, codes) else { return nil }
        // What is being cleared is linked no more, so as long as nothing has moved all is left as it was found.
        if running != linked {
            guard let end = first.end(of: running, in: snapshots.first, codes) else { return nil }
            moveTo(running, end, state)
        }
        guard var reader = begin(first, state, room) else { return nil }
        let depth = chain(first, state, &reader, room)
        guard depth >= 0, callersWait(from: running) else { return nil }
        return running == linked ? proven(depth, state, reader) : provenAlone(depth)
    }

    /// Changes the first reading: it then says that this frame is linked, and that the data stack ends here.
    private func moveTo(_ frame: UInt, _ end: UInt, _ state: UInt) {
        let (layout, snapshot) = (live.layout, snapshots.first)
        if let cframes = layout.cframes, let cframe = first.memory.word(at: state &+ UInt(layout.threadFrame)) {
            snapshot.put(frame, at: cframe &+ UInt(cframes.frame))
        } else {
            snapshot.put(frame, at: state &+ UInt(layout.threadFrame))
        }
        snapshot.put(end, at: state &+ UInt(layout.threadStackTop))
    }

    /// The stack that both readings have.
    private func seenTwice(_ state: UInt, _ linked: UInt, _ outline: Outline) -> Int? {
        guard isSame(state), outline.elsewhere.allSatisfy(leadsToTheSame), var reader = begin(first, state, room),
            var again = begin(second, state, roomAgain)
        else { return nil }
        let depth = chain(first, state, &reader, room)
        guard depth >= 0, callersWait(from: linked),
            depth == chain(second, state, &again, roomAgain),
            isSameStack(depth)
        else { return nil }
        return proven(depth, state, reader)
    }

    private func chain(_ walk: FrameWalk, _ state: UInt, _ reader: inout FrameReader, _ room: StackRoom) -> Int {
        guard let first = reader.word(state, walk.layout.threadFrame) else { return FrameWalk.unverified }
        return walk.chain(from: first, threadState: state, &reader, into: room.notes)
    }

    private func begin(_ walk: FrameWalk, _ state: UInt, _ room: StackRoom) -> FrameReader? {
        FrameReader(
            threadState: state, isOwn: false, stack: CStack(), layout: walk.layout, memory: walk.memory,
            copyingTo: room.chunk)
    }

    /// Whether both readings have the same frame and the same top.
    private func isSame(_ state: UInt) -> Bool {
        let layout = live.layout
        return [layout.threadFrame, layout.threadStackChunk, layout.threadStackTop].allSatisfy {
            first.memory.word(at: state &+ UInt($0)) == second.memory.word(at: state &+ UInt($0))
        }
    }

    /// Whether a frame has the same caller in both readings.
    private func leadsToTheSame(_ frame: UInt) -> Bool {
        let place = frame &+ UInt(live.layout.framePrevious)
        return first.memory.word(at: place) == second.memory.word(at: place)
    }

    private func isSameStack(_ depth: Int) -> Bool {
        (0..<depth).allSatisfy { at in
            room.notes[at].code == roomAgain.notes[at].code
                && (at == 0 || room.notes[at].instruction == roomAgain.notes[at].instruction)
        }
    }

    /// Makes frames of the notes; `nil` where one of them cannot be.
    private func provenAlone(_ depth: Int) -> Int? {
        let proven = first.prove(depth, isOwn: false, in: room, ProvenCodes(in: room))
        return proven >= 0 ? proven : nil
    }

    /// The same with the function that frees its locals, where there is one; `nil` also where none of them is what runs.
    private func proven(_ depth: Int, _ state: UInt, _ reader: FrameReader) -> Int? {
        let codes = ProvenCodes(in: room)
        let proven = first.prove(depth, isOwn: false, in: room, codes)
        guard proven >= 0 else { return nil }
        if proven < StackRoom.largestDepth, let returning = first.returning(reader, codes) {
            guard isStillReturning(state, reader, codes) else { return nil }
            room.put(returning, above: proven)
            return proven + 1
        }
        return first.hasCalled(reader, codes) ? nil : proven
    }

    /// Whether both readings have the same callee behind the frame that is linked: while a frame is being made, what an earlier
    /// call left may lie there for a moment.
    private func isStillReturning(_ state: UInt, _ reader: FrameReader, _ codes: ProvenCodes) -> Bool {
        guard isSame(state), let running = reader.running, let place = first.placeOfCallee(reader, codes) else {
            return false
        }
        return [running.address, place].allSatisfy { frame in
            stride(from: frame, to: frame &+ UInt(live.layout.frameSize), by: 8).allSatisfy {
                first.memory.word(at: $0) == second.memory.word(at: $0)
            }
        }
    }

    /// Whether every frame that has called another without C between waits for it.
    private func callersWait(from frame: UInt) -> Bool {
        var at = frame
        var wasCalledByPython = false
        for _ in 0..<StackRoom.largestDepth {
            guard at != 0 else { return true }
            guard let (head, executes) = first.head(at) else { return false }
            if wasCalledByPython, !head.isOfC, executes { return false }
            wasCalledByPython = !head.isOfC && !head.isEntry
            at = head.previous
        }
        return true
    }
}
