import CPython
import Capture

/// The design `setprofile`: the interpreter calls back at every call and return.
///
/// It tells of a return before it frees the function's locals, so that time is the caller's.
final class SetProfileDesign: HookedTracing {
    private let codePath = CodePath.ofRunningInterpreter()

    init(_ all: TracedThreads) { super.init(following: all, event: "sys.setprofile", kind: "profile", ends: "calls") }

    override var tellsStacksApart: Bool { true }

    override func resumeOpenCalls(
        of thread: TracedThreads.Reference, _ state: OpaquePointer, entering firstFrame: OpaquePointer?
    ) {
        all.resumeOpenCalls(of: thread, from: PyThreadState_GetFrame(state), entering: firstFrame)
    }

    override var hook: swprof_tracefunc? { onEvent }
    override var hookBeside: swprof_tracefunc? { onEventBeside }

    override func setHook(of state: OpaquePointer, _ function: swprof_tracefunc?, _ object: Object?) -> Int32 {
        _PyEval_SetProfile(state, function, object)
    }

    override func hookData(of thread: TracedThreads.Reference, _ definition: PyMethodDef) -> UnsafeMutablePointer<
        PyMethodDef
    >? {
        let profiled = UnsafeMutablePointer<ProfiledThread>.allocate(capacity: 1)
        profiled.initialize(
            to: ProfiledThread(definition: definition, thread: thread, codePath: codePath, design: self))
        return UnsafeMutableRawPointer(profiled).assumingMemoryBound(to: PyMethodDef.self)
    }

    override func leave(_ thread: TracedThreads.Reference, now: UInt64) { thread.pointee.tree.leave(now: now) }
}
