import CPython
import Capture
import Glibc

/// The design `setprofile`: the interpreter calls back at every call and return.
final class SetProfileDesign: TracingDesign {
    private var hooked: [UInt64: UnsafeMutablePointer<ProfiledThread>] = [:]
    private let interpreter = PyInterpreterState_Get()
    private let codePath = CodePath.ofRunningInterpreter()
    /// Whether a hook that is being set is our own.
    private var isSettingHook = false

    override init(following all: TracedThreads) {
        super.init(following: all)
        AuditWatch.shared.begin("sys.setprofile") { [unowned(unsafe) self] in programTookTheHook() }
    }

    override func begin(_ firstFrame: OpaquePointer?) { followThreads(entering: firstFrame) }

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

    /// Hooks the threads that are new. Called with the GIL.
    func followThreads(entering firstFrame: OpaquePointer? = nil) {
        forEachThreadState(of: interpreter) { state in
            let id = PyThreadState_GetID(state)
            guard hooked[id] == nil else { return }
            let thread = all.make()
            let profiled = UnsafeMutablePointer<ProfiledThread>.allocate(capacity: 1)
            profiled.initialize(to: ProfiledThread(thread: thread, codePath: codePath, design: self))
            hooked[id] = profiled
            all.resumeOpenCalls(of: thread, from: PyThreadState_GetFrame(state), entering: firstFrame)
            let capsule = PyCapsule_New(UnsafeMutableRawPointer(profiled), nil, nil)
            setHook(of: state, onEvent, capsule)
            Py_DecRef(capsule)
        }
    }

    private func setHook(of state: OpaquePointer, _ hook: swprof_tracefunc?, _ object: Object?) {
        isSettingHook = true
        if _PyEval_SetProfile(state, hook, object) != 0 { PyErr_Clear() }
        isSettingHook = false
    }

    /// The program set a profile function of its own on the calling thread, so ours is not called any more.
    private func programTookTheHook() {
        guard !isSettingHook, let thread = hooked[PyThreadState_GetID(PyThreadState_Get())]?.pointee.thread, !thread.pointee.isClosed else { return }
        thread.pointee.tree.charge(until: thread.pointee.source.read())
        thread.pointee.isClosed = true
        all.log.append(.note(code: "profile-function-replaced", text: "the program set its own profile function on \(thread.pointee.name); its later calls there are not counted"))
    }
}
