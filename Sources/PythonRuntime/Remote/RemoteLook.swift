import CMachine
import Capture
import Glibc

/// Looks at the stack of a thread of another process, which runs on meanwhile.
///
/// The stack changes tens of millions of times a second, so what is read in several system calls is seldom of one moment. The
/// state of the thread and its data stack are read in one (`MemorySnapshot`), and the copy of the data stack, which takes less
/// than a call does, tells itself which frame ran as it was made (`RunningFrame`). Where it does not, as with generators, whose
/// frames lie elsewhere, all is read a second time in the same system call, and has to be the same but for the innermost
/// frame's instruction. Either way a stack is *torn* where
/// - the chain of frames does not lie and end as it must (`FrameWalk`), or an instruction is none of its code;
/// - a frame that has called another without C between executes itself: the other is gone;
/// - the innermost frame has called another, which lies behind it: that one is what runs.
///
/// A torn stack is read again a few times at once, and then given up.
struct RemoteLook {
    /// What to read at once: where the thread was when it was looked at last.
    struct Guess {
        var cframe: UInt = 0
        var chunk: UInt = 0
        var end: UInt = 0
        /// Whether there is no more to read of the chunk.
        var isWhole = false
    }

    /// What became of a look.
    enum Result {
        /// So many frames, leaf first, which lie in the room.
        case stack(depth: Int)
        case torn
        /// There is no such thread any more.
        case gone
    }

    private let process: pid_t
    private let live: FrameWalk
    private let first: FrameWalk
    private let second: FrameWalk
    private let snapshots: (first: MemorySnapshot, second: MemorySnapshot)
    private let roomAgain = StackRoom.allocate()
    let room = StackRoom.allocate()
    /// The part of a thread's state that is read.
    private let ofState: (offset: Int, size: Int)
    /// How often a stack was torn and read again.
    private(set) var repeats = 0

    /// How often a torn stack is read in all; what was guessed wrongly is read anew without being counted.
    private static let attempts = 6
    private static let guesses = 6
    /// Bytes behind the newest frame that are read too: a thread may go deeper meanwhile.
    private static let slack: UInt = 1024

    init(_ target: TargetInterpreter) {
        process = target.process
        live = target.walk
        snapshots = MemorySnapshot.pair()
        first = live.reading(snapshots.first)
        second = live.reading(snapshots.second)
        let layout = live.layout
        var offsets = [layout.threadFrame, layout.threadStackChunk, layout.threadStackTop]
        if let base = layout.threadBaseFrame { offsets.append(base) }
        if let root = layout.cframes?.threadRoot { offsets += [root, root + 16] }
        let start = offsets.min() ?? 0
        ofState = (start, (offsets.max() ?? 0) + 8 - start)
    }

    /// Looks at a thread by its state.
    ///
    /// - Parameter guess: of that thread, from one look to the next.
    mutating func look(at state: UInt, _ guess: inout Guess) -> Result {
        var torn = 0
        var wrong = 0
        while torn < Self.attempts, wrong < Self.guesses {
            if !read(state, guess) || !holds(guess, state) {
                wrong += 1
                guard learn(state, &guess) else { return .gone }
                continue
            }
            if let depth = verified(state) { return .stack(depth: depth) }
            torn += 1
            repeats += 1
        }
        return .torn
    }

    private func read(_ state: UInt, _ guess: Guess) -> Bool {
        var pieces = [machine_piece(at: state &+ UInt(ofState.offset), size: UInt(ofState.size))]
        if guess.cframe != 0 { pieces.append(machine_piece(at: guess.cframe, size: 24)) }
        if guess.chunk != 0 { pieces.append(machine_piece(at: guess.chunk, size: guess.end &- guess.chunk)) }
        return snapshots.first.readBoth(pieces, of: process)
    }

    /// Whether what was guessed is where the thread really was.
    private func holds(_ guess: Guess, _ state: UInt) -> Bool {
        let layout = live.layout
        guard let chunk = first.memory.word(at: state &+ UInt(layout.threadStackChunk)),
            let top = first.memory.word(at: state &+ UInt(layout.threadStackTop)),
            let frame = first.memory.word(at: state &+ UInt(layout.threadFrame))
        else { return false }
        if layout.cframes != nil, frame != guess.cframe { return false }
        return chunk == guess.chunk && (guess.isWhole || top &+ UInt(layout.frameSize) <= guess.end)
    }

    /// Finds out where the thread is now; false where it is gone.
    private func learn(_ state: UInt, _ guess: inout Guess) -> Bool {
        snapshots.first.forget()
        let (layout, memory) = (live.layout, live.memory)
        guard let chunk = memory.word(at: state &+ UInt(layout.threadStackChunk)),
            let top = memory.word(at: state &+ UInt(layout.threadStackTop)),
            let frame = memory.word(at: state &+ UInt(layout.threadFrame))
        else { return false }
        guess = Guess(cframe: layout.cframes == nil ? 0 : frame, chunk: chunk, isWhole: chunk == 0)
        guard chunk != 0, let size = memory.word(at: chunk &+ 8) else { return true }
        let whole = min(size, UInt(StackRoom.chunkSize))
        let wanted = min(whole, max(top, chunk) &- chunk &+ Self.slack)
        (guess.end, guess.isWhole) = (chunk &+ wanted, wanted == whole)
        return true
    }

    /// The depth of the stack; `nil` where it is torn.
    private func verified(_ state: UInt) -> Int? {
        guard let frame = linkedFrame(state) else { return nil }
        return atOnce(state, frame) ?? seenTwice(state, frame)
    }

    /// What the thread's state calls its frame, past the `_PyCFrame` where there are such.
    private func linkedFrame(_ state: UInt) -> UInt? {
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
        guard depth >= 0, callersWait(from: running, isOneReading: true) else { return nil }
        return running == linked ? proven(depth, state, reader) : provenAlone(depth)
    }

    /// Has the first reading say that another frame is linked, and ends the data stack.
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
    private func seenTwice(_ state: UInt, _ linked: UInt) -> Int? {
        guard isSame(state), var reader = begin(first, state, room), var again = begin(second, state, roomAgain)
        else { return nil }
        let depth = chain(first, state, &reader, room)
        guard depth >= 0, callersWait(from: linked, isOneReading: false),
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
    ///
    /// - Parameter isOneReading: whether there is no second one, so that a generator's frame, which is changed in its place,
    ///   has to have been read with all else.
    private func callersWait(from frame: UInt, isOneReading: Bool) -> Bool {
        var at = frame
        var wasCalledByPython = false
        for _ in 0..<StackRoom.largestDepth {
            guard at != 0 else { return true }
            guard let (head, executes) = first.head(at) else { return false }
            if wasCalledByPython, !head.isOfC, executes { return false }
            if isOneReading, head.owner == FrameHead.ownedByGenerator,
                !snapshots.first.holds(at, size: live.layout.frameSize)
            {
                return false
            }
            wasCalledByPython = !head.isOfC && !head.isEntry
            at = head.previous
        }
        return true
    }
}

extension FrameWalk {
    /// The same, reading what a snapshot holds from there.
    fileprivate func reading(_ snapshot: MemorySnapshot) -> FrameWalk {
        FrameWalk(
            layout: layout, memory: GuardedMemory(of: memory.process, snapshot: snapshot), codeType: codeType,
            named: named)
    }

    /// The frame at an address, and whether it executes itself: it then has no height of its stack put down, be that a number
    /// (up to 3.13) or a pointer, which stands behind its instruction.
    func head(_ address: UInt) -> (head: FrameHead, executes: Bool)? {
        var copy = (Words8(), Words8())
        return withUnsafeMutableBytes(of: &copy) { bytes -> (head: FrameHead, executes: Bool)? in
            guard let base = bytes.baseAddress, memory.copy(from: address, to: base, size: layout.frameSize) else {
                return nil
            }
            let head = FrameHead(at: UInt(bitPattern: base), layout)
            let height = load(UInt(bitPattern: base) &+ UInt(layout.frameInstruction &+ 8))
            return (head, layout.frameStackTop == nil ? height == 0 : head.isExecuting)
        }
    }

    /// Whether the frame that runs has called a function whose frame lies behind it, be it linked or gone by now.
    fileprivate func hasCalled(_ reader: FrameReader, _ codes: ProvenCodes) -> Bool {
        guard let running = reader.running, let (head, executes) = head(running.address), !head.isOfC, !executes,
            let place = placeOfCallee(reader, codes), let (callee, _) = self.head(place),
            callee.owner == FrameHead.ownedByThread, callee.previous == running.address, callee.code != 0,
            let proof = proof(of: callee.code, isHeld: false, codes)?.pointee
        else { return false }
        return !proof.isResumable && !proof.isHidden
    }
}
