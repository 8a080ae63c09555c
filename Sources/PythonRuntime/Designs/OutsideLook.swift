import CMachine
import Capture

/// Looks at threads of this process from a thread of ours, which has no lock. What it sees is believed where the thread is known
/// to have stood still meanwhile.
struct OutsideLook {
    /// Frames lie in a room until the next look.
    typealias Stack = (frames: UnsafeBufferPointer<SampledFrame>, task: UInt32, holdsLock: Bool?)

    private let walk: FrameWalk
    private var learning: CallSiteLearning?
    private var tasks: OutsideTasks
    private var kernel = KernelStates()

    // Of the clock thread, of which there is one at a time.
    private static let room = StackRoom.allocate()
    private static let secondRoom = StackRoom.allocate()

    init(_ walk: FrameWalk, log: LogWriter) {
        self.walk = walk
        learning = CallSiteLearning(walk)
        tasks = OutsideTasks(walk: walk, log: log)
    }

    /// The stack of a thread, with the wait for the interpreter's lock on top where it is in one; `nil` where it cannot be verified.
    ///
    /// - Parameter hasOthers: whether there are threads that may have the lock.
    mutating func stack(of thread: ObservedThread, _ state: UInt, hasOthers: Bool) -> Stack? {
        let depth = learnedWalk(state)
        guard depth >= 0 else { return nil }
        let task = depth > 0 ? tasks.task(of: state, slot: thread.slot) : TaskNames.none
        let waits = hasOthers && depth > 0 && depth < StackRoom.largestDepth && waitsForLock(thread.id)
        if waits { Self.room.put(Callee.frame(.waitForLock, 0), above: depth) }
        let holdsLock = walk.callees?.interpreter?.isHeld(by: state)
        return (Self.room.stack(depth: waits ? depth + 1 : depth), task, holdsLock)
    }

    /// The stack of a thread that runs meanwhile: what is alike at two looks, but for the instruction.
    mutating func stackSeenTwice(of thread: ObservedThread, _ state: UInt) -> Stack? {
        let depth = walk.walk(threadState: state, isOwn: false, stack: CStack(), into: Self.room)
        let task = tasks.task(of: state, slot: thread.slot)
        let again = walk.walk(threadState: state, isOwn: false, stack: CStack(), into: Self.secondRoom)
        guard depth > 0, depth == again else { return nil }
        let (frames, framesAgain) = (Self.room.stack(depth: depth), Self.secondRoom.stack(depth: depth))
        guard frames[0].code == framesAgain[0].code, frames.dropFirst().elementsEqual(framesAgain.dropFirst()) else {
            return nil
        }
        return (frames, tasks.task(of: state, slot: thread.slot) == task ? task : TaskNames.unknown, nil)
    }

    /// What a thread executes.
    func leaf(of state: UInt) -> FrameLeaf? { walk.leaf(ofThreadState: state) }

    /// Finds out where the calls of a stack's innermost function have their callees.
    mutating func learn(from frames: UnsafeBufferPointer<SampledFrame>) {
        if let top = frames.first { _ = learning?.learn(top.code) }
    }

    /// The number of the task that a thread found itself to run.
    mutating func number(of note: TaskNote, slot: Int) -> UInt32 { tasks.number(of: note, slot: slot) }

    /// How many frames of a thread are in the room, once it is known where its innermost function's calls have what they call.
    private mutating func learnedWalk(_ state: UInt) -> Int {
        let depth = walk.walk(threadState: state, isOwn: false, stack: CStack(), into: Self.room)
        guard depth > 0, learning?.learn(Self.room.stack(depth: depth)[0].code) == true else { return depth }
        return walk.walk(threadState: state, isOwn: false, stack: CStack(), into: Self.room)
    }

    private mutating func waitsForLock(_ thread: Int32) -> Bool {
        guard let interpreter = walk.callees?.interpreter else { return false }
        return kernel.waitsAt(thread).map(interpreter.isOfLock) ?? false
    }
}
