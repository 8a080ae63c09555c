import CPython
import Capture

/// What designs share whose hook is set thread by thread: following threads, and losing the hook to the program.
class HookedTracing: TracingDesign {
    let interpreter = PyInterpreterState_Get()
    private var hooked: [UInt64: TracedThreads.Reference] = [:]
    /// Whether a hook that is being set is our own.
    private var isSettingHook = false

    /// - Parameter event: the audit event that tells of the program setting its own hook, a function of this `kind`;
    ///   what that `ends` is told with the code `KIND-function-replaced`.
    init(following all: TracedThreads, event: StaticString, kind: String, ends: String) {
        super.init(following: all)
        AuditWatch.shared.begin(event) { [unowned(unsafe) self] in programTookTheHook(kind, ends) }
    }

    /// Sets the hook of a thread, or takes it away where `isOn` is false; 0 where that could be done.
    func setHook(of state: OpaquePointer, _ thread: TracedThreads.Reference, isOn: Bool) -> Int32 { 0 }

    /// Puts the calls on the path that are open as a thread is hooked.
    func resumeOpenCalls(of thread: TracedThreads.Reference, _ state: OpaquePointer, entering firstFrame: OpaquePointer?) {}

    override func begin(_ firstFrame: OpaquePointer?) throws(SessionError) { followThreads(entering: firstFrame) }

    override func end() {
        AuditWatch.shared.end()
        forEachThreadState(of: interpreter) { state in
            guard let thread = hooked[PyThreadState_GetID(state)], !thread.pointee.isClosed else { return }
            set(state, thread, isOn: false)
        }
    }

    /// The hooks go at their next event.
    override func abandon() {
        for thread in hooked.values { thread.pointee.isAbandoned = true }
    }

    /// Hooks the threads that are new. Called with the GIL.
    func followThreads(entering firstFrame: OpaquePointer? = nil) {
        forEachThreadState(of: interpreter) { state in
            let id = PyThreadState_GetID(state)
            guard hooked[id] == nil else { return }
            let thread = all.make(for: state)
            hooked[id] = thread
            resumeOpenCalls(of: thread, state, entering: firstFrame)
            set(state, thread, isOn: true)
        }
    }

    private func set(_ state: OpaquePointer, _ thread: TracedThreads.Reference, isOn: Bool) {
        isSettingHook = true
        if setHook(of: state, thread, isOn: isOn) != 0 { PyErr_Clear() }
        isSettingHook = false
    }

    /// The program set a hook of its own on the calling thread, so ours is not called any more.
    private func programTookTheHook(_ kind: String, _ ends: String) {
        guard !isSettingHook, let thread = hooked[PyThreadState_GetID(PyThreadState_Get())], !thread.pointee.isClosed else { return }
        thread.pointee.tree.charge(until: thread.pointee.source.read())
        thread.pointee.isClosed = true
        all.log.append(.note(code: kind + "-function-replaced", text: "the program set its own \(kind) function on \(thread.pointee.name); its later \(ends) there are not counted"))
    }
}

/// What leads a hook to its thread. The interpreter keeps it as long as the hook is set.
func withCapsule(_ pointer: UnsafeMutableRawPointer, _ body: (Object?) -> Int32) -> Int32 {
    let capsule = PyCapsule_New(pointer, nil, nil)
    defer { Py_DecRef(capsule) }
    return body(capsule)
}
