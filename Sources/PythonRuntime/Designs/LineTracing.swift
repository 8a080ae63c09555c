import CPython
import Capture

/// The design `lines` on 3.11: every line is told to a trace function (`PyEval_SetTrace`).
final class LineTracing: HookedTracing {
    fileprivate let selection: FunctionSelection
    private let layout: FrameLayout
    private let codePath: CodePath
    /// The thread state that was made last, when threads were hooked last.
    fileprivate var newestThread: UInt = 0

    init(_ all: TracedThreads, _ selection: FunctionSelection) throws(SessionError) {
        guard let layout = FrameLayout.ofRunningInterpreter(), let codePath = CodePath.ofRunningInterpreter() else {
            throw SessionError(
                "the frame layout of Python \(PythonVersion.text) is not known to lines; use the design setprofile")
        }
        self.selection = selection
        self.layout = layout
        self.codePath = codePath
        super.init(following: all, event: "sys.settrace", kind: "trace", ends: "lines")
    }

    /// Where the interpreter has its newest thread's state.
    private var newestThreadPlace: UInt { UInt(bitPattern: interpreter) &+ UInt(layout.interpreterThreads) }

    /// A new thread has its state before it runs, and its starter's next event comes first.
    override func followThreads() {
        newestThread = load(newestThreadPlace)
        super.followThreads()
    }

    override func resumeOpenCalls(
        of thread: TracedThreads.Reference, _ state: OpaquePointer, entering firstFrame: OpaquePointer?
    ) {
        all.resumeOpenCalls(of: thread, from: PyThreadState_GetFrame(state), entering: firstFrame, withLines: true) {
            [selection] in
            selection.holds($0)
        }
    }

    override var hook: swprof_tracefunc? { onTraceEvent }
    override var hookBeside: swprof_tracefunc? { onTraceEventBeside }

    override func setHook(of state: OpaquePointer, _ function: swprof_tracefunc?, _ object: Object?) -> Int32 {
        _PyEval_SetTrace(state, function, object)
    }

    override func leave(_ thread: TracedThreads.Reference, now: UInt64) { thread.pointee.tree.leaveFunction(now: now) }

    override func hookData(of thread: TracedThreads.Reference, _ definition: PyMethodDef) -> UnsafeMutablePointer<
        PyMethodDef
    >? {
        let lined = UnsafeMutablePointer<LinedThread>.allocate(capacity: 1)
        lined.initialize(
            to: LinedThread(
                definition: definition, thread: thread, codePath: codePath, toFrame: EvaluationLayout.objectFrame,
                toInstruction: layout.frameInstruction, newestThreadPlace: newestThreadPlace, design: self))
        return UnsafeMutableRawPointer(lined).assumingMemoryBound(to: PyMethodDef.self)
    }
}

/// A thread as the trace function needs it, behind one pointer.
struct LinedThread {
    /// Of the function that leads here.
    let definition: PyMethodDef
    let thread: TracedThreads.Reference
    let codePath: CodePath
    let toFrame: Int
    let toInstruction: Int
    let newestThreadPlace: UInt
    unowned(unsafe) let design: LineTracing
}

/// The trace function: calls and returns of Python functions, and each line that they come to.
@_cdecl("swprof_on_trace_event")
func onTraceEvent(_ hook: Object?, _ frame: OpaquePointer?, _ what: Int32, _ argument: Object?) -> Int32 {
    let lined = UnsafeRawPointer(hook.unsafelyUnwrapped).load(
        fromByteOffset: definitionOffset, as: UnsafeMutablePointer<LinedThread>.self)
    let thread = lined.pointee.thread
    let now = thread.pointee.source.read()
    // The design is gone with its session, and a hook that could not be taken away is still called.
    if thread.pointee.isClosed { return thread.pointee.isAbandoned ? leaveForkedChild() : 0 }
    if load(lined.pointee.newestThreadPlace) != lined.pointee.design.newestThread {
        lined.pointee.design.followThreads()
    }
    let code = lined.pointee.codePath.code(of: frame)
    if Int(what) == swprof_call {
        if lined.pointee.design.selection.holds(code) { enter(thread, code, now) }
    } else if thread.pointee.tree.function.pointee.key == code {
        if Int(what) == swprof_line { goOn(lined, frame, now) }
        if Int(what) == swprof_return { thread.pointee.tree.leaveFunction(now: now) }
    }
    return 0
}

/// The hook of a thread that had a trace function before.
func onTraceEventBeside(_ theirs: Object?, _ frame: OpaquePointer?, _ what: Int32, _ argument: Object?) -> Int32 {
    EarlierHook.callBoth(theirs, frame, what, argument, ours: onTraceEvent) {
        _ = _PyEval_SetTrace(PyThreadState_Get(), $0.function, $0.object)
    }
}

private func enter(_ thread: TracedThreads.Reference, _ code: UInt, _ now: UInt64) {
    if !thread.pointee.tree.enterKnown(code, now: now) { enterPython(thread, code, now) }
    thread.pointee.tree.goOnWhereLeft()
}

/// The instruction tells whether it is the line that followed the last time, so that it need not be looked up.
@inline(__always)
private func goOn(_ lined: UnsafeMutablePointer<LinedThread>, _ frame: OpaquePointer?, _ now: UInt64) {
    let instruction = load(
        load(UInt(bitPattern: frame) &+ UInt(lined.pointee.toFrame)) &+ UInt(lined.pointee.toInstruction))
    if lined.pointee.thread.pointee.tree.goOnKnown(instruction, now: now) { return }
    goOn(lined.pointee.thread, toLine: Int(PyFrame_GetLineNumber(frame)), instruction, now)
}

@inline(never)
private func leaveForkedChild() -> Int32 {
    _ = _PyEval_SetTrace(PyThreadState_Get(), nil, nil)
    return 0
}
