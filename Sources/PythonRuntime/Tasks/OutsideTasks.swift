import Capture

/// The tasks that a thread of ours sees others run.
struct OutsideTasks {
    private var names: TaskNames
    private let walk: FrameWalk
    /// Of the threads that look, of which there is one at a time.
    private static let note = TaskNote.allocate()

    init(walk: FrameWalk, log: LogWriter) {
        self.walk = walk
        names = TaskNames(log: log)
    }

    /// The number of the task that a thread runs.
    ///
    /// - Parameters:
    ///   - slot: of the thread.
    ///   - isHeld: whether the calling thread has the GIL.
    mutating func task(of threadState: UInt, slot: Int, isHeld: Bool = false) -> UInt32 {
        guard let asyncio = AsyncioPlace.shared.layout() else { return TaskNames.none }
        walk.noteTask(of: threadState, asyncio, isHeld: isHeld, in: Self.note)
        return number(of: Self.note, slot: slot)
    }

    /// The number of the task that a thread found itself to run.
    mutating func number(of note: TaskNote, slot: Int) -> UInt32 { names.number(of: note, slot: slot) }
}
