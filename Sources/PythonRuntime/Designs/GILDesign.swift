import CPython
import Capture
import Glibc

/// The design `gil`, the talk's: a timer thread takes the GIL and reads what `sys._current_frames` reads. The program
/// decides when the GIL is given, and so when it is seen.
///
/// The interpreter's own list of frames is not used: from 3.12 on it touches subinterpreters whose lock it lacks.
struct GILDesign: SamplingDesign {
    private let list: ThreadList
    private let walk: FrameWalk
    private var interning: StackInterning
    private var tasks: OutsideTasks
    private var seen: [ThreadSample] = []

    // Of the timer thread, which alone uses it.
    nonisolated(unsafe) private static var own: OpaquePointer?

    /// It stays what its threads are in the talk: one among others.
    static var takesPriority: Bool { false }

    /// Makes the timer thread one of the interpreter's, once: to do so allocates memory without the GIL, which the program
    /// may watch. Nobody may wait for the timer thread with the GIL meanwhile.
    static func arrive() {
        _ = PyGILState_Ensure()
        own = PyEval_SaveThread()
    }

    static func depart() {
        PyEval_RestoreThread(own)
        own = nil
        PyGILState_Release(PyGILState_UNLOCKED)
    }

    init(_ program: SampledProgram) {
        list = program.list
        walk = program.walk
        walk.named.removeAll()
        interning = StackInterning(log: program.log, name: CodeNaming(walk: program.walk).record)
        tasks = OutsideTasks(walk: program.walk, log: program.log)
    }

    /// The timer thread is one of the interpreter's, but none of the program's.
    func threads() -> [Int32] {
        let own = gettid()
        return list.threads().map { $0.id }.filter { $0 != own }
    }

    mutating func ask(_ threads: [ObservedThread], ticks: ClosedRange<UInt64>) {
        PyEval_RestoreThread(Self.own)
        let instant = KernelClock.now()
        // Frame objects are collected garbage's, whose finalizers could give the GIL away while we walk.
        let collects = PyGC_Disable()
        let (stacks, states) = currentStacks()
        let running = threads.map { thread in
            states[thread.id].map { tasks.task(of: $0, slot: thread.slot, isHeld: true) } ?? TaskNames.none
        }
        // While the GIL is ours nobody drops it.
        for frame in stacks.values.joined() where !walk.named.holds(frame.code) { interning.name(frame.code) }
        if collects != 0 { PyGC_Enable() }
        Self.own = PyEval_SaveThread()
        seen = zip(threads, running).map { thread, task in
            let stack = stacks[thread.id].map { frames in
                frames.withUnsafeBufferPointer { interning.intern($0, slot: thread.slot) }
            }
            return ThreadSample(
                thread: thread.index, outcome: .valid, stack: stack ?? 0, cpu: thread.cpuSinceLastTick,
                instant: instant,
                isRunning: thread.cpuSinceLastTick > 0, task: task)
        }
    }

    mutating func collect() -> [ThreadSample] {
        defer { seen.removeAll() }
        return seen
    }

    func lateAnswers() -> [LateAnswer] { [] }

    func awaitAnswers() {}

    /// Every thread's frames, leaf first, and its state, by the kernel's number of the thread. Called with the GIL.
    private func currentStacks() -> (stacks: [Int32: [SampledFrame]], states: [Int32: UInt]) {
        var stacks: [Int32: [SampledFrame]] = [:]
        var states: [Int32: UInt] = [:]
        for (id, state) in list.threads() {
            states[id] = state
            if let frame = PyThreadState_GetFrame(OpaquePointer(bitPattern: state)) {
                stacks[id] = walk.frames(from: frame)
            }
        }
        return (stacks, states)
    }
}
