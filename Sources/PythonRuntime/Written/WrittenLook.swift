import CPython
import Capture
import Glibc

/// What a sampler in Python sees of the program's threads, tick by tick: what it says is put down here.
///
/// Used by the thread that samples, which holds the GIL where Python objects are touched.
final class WrittenLook {
    private let program: SampledProgram
    private var interning: StackInterning
    private var tasks: OutsideTasks
    /// What is known of every thread at the tick that is open; empty between ticks.
    private var seen: [ThreadSample] = []
    private var asked: [ObservedThread] = []
    /// Where a thread's is, by its number in Python.
    private var places: [UInt: Int] = [:]
    /// The kernel's number of the thread that samples, which is none of the program's.
    var own: Int32 = 0

    init(_ program: SampledProgram) {
        self.program = program
        program.walk.named.removeAll()
        interning = StackInterning(log: program.log, name: CodeNaming(walk: program.walk).record)
        tasks = OutsideTasks(walk: program.walk, log: program.log)
    }

    var hasOpenTick: Bool { !asked.isEmpty }

    // MARK: Without the GIL

    func threads() -> [Int32] { program.list.threads().map { $0.id }.filter { $0 != own } }

    func ask(_ threads: [ObservedThread]) {
        let now = KernelClock.now()
        asked = threads
        seen = threads.map {
            ThreadSample(
                thread: $0.index, outcome: .missed, stack: 0, cpu: $0.cpuSinceLastTick, instant: now,
                isRunning: $0.cpuSinceLastTick > 0)
        }
    }

    func collect() -> [ThreadSample] {
        defer { (asked, seen, places) = ([], [], [:]) }
        return seen
    }

    // MARK: With the GIL

    /// A thread that is in no frame of Python's is seen by that alone.
    func begin() {
        var byID: [Int32: Int] = [:]
        for (place, thread) in asked.enumerated() { byID[thread.id] = place }
        let collects = PyGC_Disable()
        defer { if collects != 0 { PyGC_Enable() } }
        for (id, state) in program.list.threads() {
            guard let place = byID[id] else { continue }
            places[load(state &+ UInt(program.walk.layout.threadIdentity))] = place
            seen[place].task = tasks.task(of: state, slot: asked[place].slot, isHeld: true)
            if let frame = PyThreadState_GetFrame(OpaquePointer(bitPattern: state)) {
                Py_DecRef(UnsafeMutablePointer(frame))
            } else {
                put(.valid, stack: 0, at: place)
            }
        }
    }

    /// - Parameters:
    ///   - frames: innermost first.
    ///   - thread: its number in Python; 0 for the main thread.
    func note(_ frames: [SampledFrame], of thread: UInt) {
        guard let place = place(of: thread) else { return }
        for frame in frames where !program.walk.named.holds(frame.code) { interning.name(frame.code) }
        let stack = frames.withUnsafeBufferPointer { interning.intern($0, slot: asked[place].slot) }
        put(.valid, stack: stack, at: place)
    }

    func noteFailure(of thread: UInt) {
        if let place = place(of: thread) { put(.failed, stack: 0, at: place) }
    }

    func frames(from frame: OpaquePointer) -> [SampledFrame] { program.walk.frames(from: frame) }

    func frame(ofCode code: UInt, byteOffset: Int) -> SampledFrame {
        program.walk.sampledFrame(ofCode: code, byteOffset: byteOffset)
    }

    private func place(of thread: UInt) -> Int? {
        thread == 0 ? asked.firstIndex { $0.id == getpid() } : places[thread]
    }

    private func put(_ outcome: ThreadSample.Outcome, stack: UInt32, at place: Int) {
        (seen[place].outcome, seen[place].stack, seen[place].instant) = (outcome, stack, KernelClock.now())
    }
}

/// A sampler in Python as all samplers are driven: what it is asked for is looked at between two ticks.
struct WrittenSamplingDesign: SamplingDesign {
    let look: WrittenLook

    /// It needs the GIL, and to have it before others would be to stop them.
    static var takesPriority: Bool { false }

    func threads() -> [Int32] { look.threads() }
    func ask(_ threads: [ObservedThread], ticks: ClosedRange<UInt64>) { look.ask(threads) }
    func collect() -> [ThreadSample] { look.collect() }
    func lateAnswers() -> [LateAnswer] { [] }
    func awaitAnswers() {}
}
