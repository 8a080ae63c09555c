import CPython
import Capture

/// The design `lines` on 3.11: every line is told to a trace function (`PyEval_SetTrace`).
final class LineTracing: TracingDesign {
    fileprivate let selection: FunctionSelection
    private let layout: FrameLayout
    private let codePath: CodePath
    private let interpreter = PyInterpreterState_Get()
    private var hooked: [UInt64: UnsafeMutablePointer<LinedThread>] = [:]
    private var isSettingHook = false
    /// The thread state that was made last, when threads were hooked last.
    fileprivate var newestThread: UInt = 0

    init(_ all: TracedThreads, _ selection: FunctionSelection) throws(SessionError) {
        guard let layout = FrameLayout.ofRunningInterpreter(), let codePath = CodePath.ofRunningInterpreter() else {
            throw SessionError("the frame layout of Python \(PythonVersion.text) is not known to lines; use the design setprofile")
        }
        self.selection = selection
        self.layout = layout
        self.codePath = codePath
        super.init(following: all)
        AuditWatch.shared.begin("sys.settrace") { [unowned(unsafe) self] in programTookTheHook() }
    }

    override func begin(_ firstFrame: OpaquePointer?) throws(SessionError) { followThreads(entering: firstFrame) }

    override func end() {
        AuditWatch.shared.end()
        forEachThreadState(of: interpreter) { state in
            guard hooked[PyThreadState_GetID(state)]?.pointee.thread.pointee.isClosed == false else { return }
            setHook(of: state, nil, nil)
        }
    }

    /// The hooks go at their next event.
    override func abandon() {
        for thread in hooked.values { thread.pointee.isAbandoned = true }
    }

    /// Where the interpreter has its newest thread's state.
    fileprivate var newestThreadPlace: UInt { UInt(bitPattern: interpreter) &+ UInt(layout.interpreterThreads) }

    /// Hooks the threads that are new. A new thread has its state before it runs, and its starter's next event comes first.
    fileprivate func followThreads(entering firstFrame: OpaquePointer? = nil) {
        newestThread = load(newestThreadPlace)
        forEachThreadState(of: interpreter) { state in
            let id = PyThreadState_GetID(state)
            guard hooked[id] == nil else { return }
            let lined = UnsafeMutablePointer<LinedThread>.allocate(capacity: 1)
            lined.initialize(
                to: LinedThread(
                    thread: all.make(), codePath: codePath, toFrame: EvaluationLayout.objectFrame,
                    toInstruction: layout.frameInstruction, newestThreadPlace: newestThreadPlace, design: self))
            hooked[id] = lined
            all.resumeOpenCalls(of: lined.pointee.thread, from: PyThreadState_GetFrame(state), entering: firstFrame, withLines: true) {
                [selection] in selection.holds($0)
            }
            let capsule = PyCapsule_New(UnsafeMutableRawPointer(lined), nil, nil)
            setHook(of: state, onTraceEvent, capsule)
            Py_DecRef(capsule)
        }
    }

    private func setHook(of state: OpaquePointer, _ hook: swprof_tracefunc?, _ object: Object?) {
        isSettingHook = true
        if _PyEval_SetTrace(state, hook, object) != 0 { PyErr_Clear() }
        isSettingHook = false
    }

    /// The program set a trace function of its own on the calling thread, so ours is not called any more.
    private func programTookTheHook() {
        guard !isSettingHook, let thread = hooked[PyThreadState_GetID(PyThreadState_Get())]?.pointee.thread, !thread.pointee.isClosed else { return }
        thread.pointee.tree.charge(until: thread.pointee.source.read())
        thread.pointee.isClosed = true
        all.log.append(.note(code: "trace-function-replaced", text: "the program set its own trace function on \(thread.pointee.name); its later lines there are not counted"))
    }
}

/// A thread as the trace function needs it, behind one pointer.
struct LinedThread {
    let thread: TracedThreads.Reference
    let codePath: CodePath
    let toFrame: Int
    let toInstruction: Int
    let newestThreadPlace: UInt
    /// Set in a forked child, where the hook has to go.
    var isAbandoned = false
    unowned(unsafe) let design: LineTracing
}

/// The trace function: calls and returns of Python functions, and each line that they come to.
@_cdecl("swprof_on_trace_event")
func onTraceEvent(_ capsule: Object?, _ frame: OpaquePointer?, _ what: Int32, _ argument: Object?) -> Int32 {
    let lined = UnsafeRawPointer(capsule.unsafelyUnwrapped).load(
        fromByteOffset: capsulePointerOffset, as: UnsafeMutablePointer<LinedThread>.self)
    let thread = lined.pointee.thread
    let now = thread.pointee.source.read()
    if lined.pointee.isAbandoned { return leaveForkedChild() }
    if load(lined.pointee.newestThreadPlace) != lined.pointee.design.newestThread { lined.pointee.design.followThreads() }
    if thread.pointee.isClosed { return 0 }
    let code = lined.pointee.codePath.code(of: frame)
    if Int(what) == swprof_call {
        if lined.pointee.design.selection.holds(code) { enter(thread, code, now) }
    } else if thread.pointee.tree.function.pointee.key == code {
        if Int(what) == swprof_line { goOn(lined, frame, now) }
        if Int(what) == swprof_return { thread.pointee.tree.leaveFunction(now: now) }
    }
    return 0
}

private func enter(_ thread: TracedThreads.Reference, _ code: UInt, _ now: UInt64) {
    if !thread.pointee.tree.enterKnown(code, now: now) { enterPython(thread, code, now) }
    thread.pointee.tree.goOnWhereLeft()
}

/// The instruction tells whether it is the line that followed the last time, so that it need not be looked up.
@inline(__always)
private func goOn(_ lined: UnsafeMutablePointer<LinedThread>, _ frame: OpaquePointer?, _ now: UInt64) {
    let instruction = load(load(UInt(bitPattern: frame) &+ UInt(lined.pointee.toFrame)) &+ UInt(lined.pointee.toInstruction))
    if lined.pointee.thread.pointee.tree.goOnKnown(instruction, now: now) { return }
    goOn(lined.pointee.thread, toLine: Int(PyFrame_GetLineNumber(frame)), instruction, now)
}

@inline(never)
private func leaveForkedChild() -> Int32 {
    _ = _PyEval_SetTrace(PyThreadState_Get(), nil, nil)
    return 0
}
