import CMachine
import CPython
import Capture
import Glibc

/// The design `evalframe`: the interpreter has every Python frame evaluated by our hook (PEP 523), which counts
/// and times around the evaluation proper.
///
/// C functions do not come by, so their time is their callers'. What a function's return frees is its own time from 3.12
/// on; in 3.11 the caller of the hook clears the frame, and the time is the caller's.
final class EvalFrameDesign: TracingDesign {
    private let interpreter = PyInterpreterState_Get()
    let layout: EvaluationLayout
    /// Who evaluates frames for us: the interpreter, or whose hook was there before.
    let next: swprof_evaluation
    /// Threads that were there when tracing began and have not come by yet, by their states' numbers.
    private var waiting: [UInt64: UnsafeMutablePointer<EvaluatingThread>] = [:]
    private var hasTold = false

    /// What the hook works for, once there has been a session. Used with the GIL only.
    nonisolated(unsafe) private(set) static var current: EvalFrameDesign?

    init(_ all: TracedThreads) throws(SessionError) {
        guard let layout = EvaluationLayout.ofRunningInterpreter(),
            let next = _PyInterpreterState_GetEvalFrameFunc(interpreter)
        else {
            throw SessionError(
                "the frame layout of Python \(PythonVersion.text) is not known to evalframe; use the design setprofile")
        }
        self.layout = layout
        self.next = isOurHook(next) ? _PyEval_EvalFrameDefault : next
        super.init(following: all)
    }

    override func begin() {
        Self.current = self
        forEachThreadState(of: interpreter) { state in
            let thread = make(for: state)
            let open = all.resumeOpenCalls(of: thread.pointee.thread, from: PyThreadState_GetFrame(state))
            thread.pointee.open = open.map { load(UInt(bitPattern: $0) &+ UInt(EvaluationLayout.objectFrame)) }
            thread.pointee.base = thread.pointee.thread.pointee.tree.current
            waiting[PyThreadState_GetID(state)] = thread
        }
        _PyInterpreterState_SetEvalFrameFunc(interpreter, evaluate)
        if PythonVersion.running?.entersInitPastHooks == true { tellOfInit() }
    }

    private func tellOfInit() {
        all.log.append(
            .note(
                code: "init-not-counted",
                text:
                    "Python \(SupportedPython.running?.text ?? "") enters the __init__ of simple classes past evalframe: most of their calls are not counted, and their time is their callers'; the design setprofile counts them"
            ))
    }

    /// Takes the hook away, unless another has been set on top of it: that one goes on to call ours, which does
    /// nothing any more.
    override func end() {
        if isOurHook(_PyInterpreterState_GetEvalFrameFunc(interpreter)) {
            abandon()
        } else {
            all.log.append(
                .note(
                    code: "evaluation-hook-replaced",
                    text:
                        "something else in the program set a frame-evaluation hook (PEP 523) while evalframe was at work; calls that it did not pass on are not counted"
                ))
        }
    }

    override func abandon() { _PyInterpreterState_SetEvalFrameFunc(interpreter, next) }

    private func make(for state: OpaquePointer?) -> UnsafeMutablePointer<EvaluatingThread> {
        let thread = all.make(for: state)
        let evaluating = UnsafeMutablePointer<EvaluatingThread>.allocate(capacity: 1)
        evaluating.initialize(
            to: EvaluatingThread(
                thread: thread, base: thread.pointee.tree.current, next: next, toCode: layout.frameCode,
                toOwner: layout.frameOwner, toBudget: layout.threadCRecursionRemaining ?? 0,
                toRefusal: layout.threadRefusal ?? 0, design: self))
        return evaluating
    }

    /// The calling thread, which comes by for the first time.
    func meet(_ state: OpaquePointer?) -> UnsafeMutablePointer<EvaluatingThread> {
        let thread = waiting.removeValue(forKey: PyThreadState_GetID(state)) ?? make(for: state)
        thread.pointee.thread.pointee.id = gettid()
        var size: UInt = 0
        thread.pointee.stackBottom = machine_stack_bottom(&size)
        thread.pointee.stackReserve = min(Self.reserve, size / 4)
        return thread
    }

    /// For what a function may call in C, in bytes.
    private static let reserve: UInt = 512 << 10

    /// A call was refused for want of stack.
    func tellOfRefusal() {
        if hasTold { return }
        hasTold = true
        all.log.append(
            .note(
                code: "recursion-refused",
                text:
                    "evalframe needs some of the C stack for every Python call, and refused calls with RecursionError where it came to an end; profile this program with the design setprofile, or give it more stack (ulimit -s)"
            ))
    }
}

private func isOurHook(_ hook: swprof_evaluation?) -> Bool {
    unsafeBitCast(hook, to: UInt.self) == unsafeBitCast(evaluate as swprof_evaluation, to: UInt.self)
}
