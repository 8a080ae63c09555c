import CPython
import Capture

/// The design `setprofile`: the interpreter calls back at every call and return.
///
/// It tells of a return before it frees the function's locals, so that time is the caller's.
final class SetProfileDesign: HookedTracing {
    private let codePath = CodePath.ofRunningInterpreter()

    init(_ all: TracedThreads) { super.init(following: all, event: "sys.setprofile", kind: "profile", ends: "calls") }

    override func resumeOpenCalls(of thread: TracedThreads.Reference, _ state: OpaquePointer, entering firstFrame: OpaquePointer?) {
        all.resumeOpenCalls(of: thread, from: PyThreadState_GetFrame(state), entering: firstFrame)
    }

    override func setHook(of state: OpaquePointer, _ thread: TracedThreads.Reference, isOn: Bool) -> Int32 {
        guard isOn else { return _PyEval_SetProfile(state, nil, nil) }
        let profiled = UnsafeMutablePointer<ProfiledThread>.allocate(capacity: 1)
        profiled.initialize(to: ProfiledThread(thread: thread, codePath: codePath, design: self))
        return withCapsule(profiled) { _PyEval_SetProfile(state, onEvent, $0) }
    }
}
