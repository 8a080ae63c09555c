import CMachine
import Capture
import Glibc

/// Looks at the stack of a thread of another process, which runs on meanwhile.
///
/// The stack changes tens of millions of times a second, so what is read in several system calls is seldom of one moment. The
/// state of the thread and its data stack are read in one (`MemorySnapshot`), and the copy of the data stack, which takes less
/// than a call does, tells itself which frame ran as it was made (`RunningFrame`). Where it does not, and where C
/// has called Python or generators run, whose frames lie elsewhere and are read with the rest, all is read a second time in the
/// same system call, and has to be the same but for the innermost frame's instruction. Either way a stack is *torn* where
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
        /// Frames that lie elsewhere, those of generators and those that stand for C: the innermost ones, and ones before.
        var elsewhere: [UInt] = []
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
    let live: FrameWalk
    let first: FrameWalk
    let second: FrameWalk
    let snapshots: (first: MemorySnapshot, second: MemorySnapshot)
    let roomAgain = StackRoom.allocate()
    let room = StackRoom.allocate()
    /// The part of a thread's state that is read.
    private let ofState: (offset: Int, size: Int)
    /// How often a stack was torn and read again.
    private(set) var repeats = 0

    /// How often a torn stack is read in all; what was guessed wrongly is read anew without being counted.
    private static let attempts = 6
    private static let guesses = 8
    static let mostElsewhere = 16
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
            let isRead = read(state, guess)
            guard isRead, holds(guess, state) else {
                wrong += 1
                if !isRead { guess.elsewhere = [] }
                guard learn(state, &guess) else { return .gone }
                continue
            }
            let outline = outline(state)
            guard outline.elsewhere.allSatisfy({ snapshots.first.holds($0, size: live.layout.frameSize) }) else {
                wrong += 1
                let before = guess.elsewhere.filter { !outline.elsewhere.contains($0) }
                guess.elsewhere = Array((outline.elsewhere + before).prefix(Self.mostElsewhere))
                continue
            }
            if let depth = verified(state, outline) { return .stack(depth: depth) }
            torn += 1
            repeats += 1
        }
        return .torn
    }

    private func read(_ state: UInt, _ guess: Guess) -> Bool {
        var pieces = [machine_piece(at: state &+ UInt(ofState.offset), size: UInt(ofState.size))]
        if guess.cframe != 0 { pieces.append(machine_piece(at: guess.cframe, size: 24)) }
        if guess.chunk != 0 { pieces.append(machine_piece(at: guess.chunk, size: guess.end &- guess.chunk)) }
        pieces += guess.elsewhere.map { machine_piece(at: $0, size: UInt(live.layout.frameSize)) }
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
        guess.cframe = layout.cframes == nil ? 0 : frame
        (guess.chunk, guess.end, guess.isWhole) = (chunk, chunk, chunk == 0)
        guard chunk != 0, let size = memory.word(at: chunk &+ 8) else { return true }
        let whole = min(size, UInt(StackRoom.chunkSize))
        let wanted = min(whole, max(top, chunk) &- chunk &+ Self.slack)
        (guess.end, guess.isWhole) = (chunk &+ wanted, wanted == whole)
        return true
    }
}
