import CPython
import Capture
import Glibc

/// A sampler in Python at work: the thread that its `run` is called on, and the ticks that it is given there.
final class WrittenSampling {
    /// Whom the functions of its session work for. Used with the GIL only.
    nonisolated(unsafe) private(set) static var current: WrittenSampling?

    let look: WrittenLook
    private(set) var thread: BackgroundThread?
    private let object: WrittenObject
    private let log: LogWriter
    private let schedule: TickSchedule
    private var sampler: Sampler<WrittenSamplingDesign, PreciseClock>
    private let stop: StopSignal
    private let gate = StartGate()
    /// Raised while there is no thread.
    private let ended = StopSignal()
    private var interruption: Interruption?
    /// Whether its `run` has returned before the program ended.
    private var isOver = false

    /// Those whose threads are still there, and may come back. Used with the GIL only.
    nonisolated(unsafe) private static var left: [WrittenSampling] = []

    /// Its user may print and open files there, and Python code takes as much of a stack as in any thread of the program's.
    private static let stackSize = 8 << 20

    /// How long its `run` may take to return once there are no more ticks, in nanoseconds.
    private static let patience: Int64 = 2_000_000_000

    init(
        _ object: WrittenObject, _ program: SampledProgram, _ schedule: TickSchedule, until stop: StopSignal,
        _ watch: ProcessWatch
    ) {
        (self.object, log, self.schedule, self.stop) = (object, program.log, schedule, stop)
        look = WrittenLook(program)
        sampler = Sampler(
            WrittenSamplingDesign(look: look), log: log,
            clock: PreciseClock(interval: schedule.interval, until: stop), watch: watch)
    }

    /// Makes the thread, and waits until it is there. False where the system has none left.
    func begin() -> Bool {
        Self.current = self
        thread = BackgroundThread(until: stop, stackSize: Self.stackSize, sharesFiles: true) { [unowned(unsafe) self] in
            work()
        }
        guard thread != nil else { return false }
        let saved = PyEval_SaveThread()
        gate.awaitArrival()
        PyEval_RestoreThread(saved)
        return true
    }

    func open(at start: Int64) { gate.open(at: start) }

    /// When the run began, in nanoseconds on the monotonic clock; asked once it has.
    var start: Int64 { gate.awaitStart() }

    // MARK: On its thread

    private func work() {
        ended.lower()
        let state = PyGILState_Ensure()
        interruption = Interruption(object.interruption)
        look.own = gettid()
        var saved = PyEval_SaveThread()
        let start = gate.awaitStart()
        if !isOver {
            PyEval_RestoreThread(saved)
            run()
            saved = PyEval_SaveThread()
        }
        // From here on all ticks are missed.
        while !stop.isRaised { stop.wait(until: KernelClock.now() + 3_600_000_000_000) }
        if stop.isFinal { sampler.finish(schedule, from: start, at: stop.raisedAt) }
        PyEval_RestoreThread(saved)
        PyGILState_Release(state)
        ended.raise()
    }

    private func run() {
        let problem = object.run()
        if stop.isRaised, problem == nil { return }
        isOver = true
        guard interruption?.takeBack() != true else { return }
        let what = problem.map { "failed while it sampled: \($0)" } ?? "returned before the program ended"
        log.append(
            .note(
                code: "design-failed",
                text:
                    "the design \(object.name) \(what); what it had seen counts, and every tick from then on is missed")
        )
    }

    /// The next tick; `nil` where there is none any more. Called with the GIL, which it gives up meanwhile.
    func awaitTick() -> TickLoop<PreciseClock>.Look? {
        let saved = PyEval_SaveThread()
        let next = sampler.next(schedule, from: gate.awaitStart(), isStopped: { stop.isRaised })
        PyEval_RestoreThread(saved)
        if next != nil { look.begin() }
        return next
    }

    /// The frames of a stack, innermost first; `nil` for what is none.
    ///
    /// - Parameter stack: a frame, or a list of pairs of a code object and an instruction.
    func frames(_ stack: Object) -> [SampledFrame]? {
        if typeAddress(of: stack) == object.frameType {
            Py_IncRef(stack)
            let collects = PyGC_Disable()
            defer { if collects != 0 { PyGC_Enable() } }
            return look.frames(from: OpaquePointer(stack))
        }
        guard swprof_is_list(stack) != 0 else { return nil }
        var frames: [SampledFrame] = []
        for at in 0..<min(PyList_Size(stack), StackRoom.largestDepth) {
            guard let pair = PyList_GetItem(stack, at), let frame = frame(ofPair: pair) else {
                PyErr_Clear()
                return nil
            }
            frames.append(frame)
        }
        return frames
    }

    private func frame(ofPair pair: Object) -> SampledFrame? {
        guard PyTuple_Size(pair) == 2, let code = PyTuple_GetItem(pair, 0), let at = PyTuple_GetItem(pair, 1),
            typeAddress(of: code) == object.codeType
        else { return nil }
        let offset = PyLong_AsLong(at)
        return PyErr_Occurred() == nil ? look.frame(ofCode: UInt(bitPattern: code), byteOffset: offset) : nil
    }

    private func typeAddress(of object: Object) -> UInt { load(UInt(bitPattern: object) &+ 8) }

    // MARK: On the program's thread

    /// Waits for the thread to end, and ends its `run` where that does not return.
    func end() {
        let saved = PyEval_SaveThread()
        let isGone = waitForEnd()
        if isGone { thread?.stopAndWait() } else { Self.left.append(self) }
        PyEval_RestoreThread(saved)
        Self.current = nil
        if let problem = object.stop() {
            note("failed as it stopped: \(problem)")
        }
    }

    private func waitForEnd() -> Bool {
        guard thread?.isRunning == true else { return true }
        stop.raise()
        ended.wait(until: KernelClock.now() + Self.patience)
        if ended.isRaised { return true }
        interruption?.raise()
        note("did not return from run within \(Self.patience / 1_000_000_000) s of its last tick, and was ended")
        ended.wait(until: KernelClock.now() + Self.patience)
        return ended.isRaised
    }

    private func note(_ what: String) {
        log.append(.note(code: "design-failed", text: "the design \(object.name) \(what)"))
    }
}
