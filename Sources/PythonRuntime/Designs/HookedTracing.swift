import CPython
import Capture
import Glibc

/// What designs share whose hook is set thread by thread: following threads, and losing the hook to the program.
class HookedTracing: TracingDesign {
    let interpreter = PyInterpreterState_Get()
    private var hooked: [UInt64: TracedThreads.Reference] = [:]
    /// What the interpreter keeps beside each thread's hook. Kept for good: a program may keep it too.
    private var hookObjects: [UInt64: Object] = [:]
    private var told: Set<UInt64> = []

    /// What is at work now. Used with the GIL only.
    nonisolated(unsafe) fileprivate unowned(unsafe) static var current: HookedTracing?
    /// Whether a hook that is being set is our own.
    private var isSettingHook = false

    /// - Parameter event: the audit event that tells of the program setting its own hook, a function of this `kind`;
    ///   what that `ends` is told with the code `KIND-function-replaced`.
    init(following all: TracedThreads, event: StaticString, kind: String, ends: String) {
        super.init(following: all)
        AuditWatch.shared.begin(event) { [unowned(unsafe) self] in programTookTheHook(kind, ends) }
    }

    /// Sets the hook of a thread, or with no object takes it away; 0 where that could be done.
    func setHook(of state: OpaquePointer, _ object: Object?) -> Int32 { 0 }

    /// Makes what a hook finds its thread by; it begins with a definition.
    ///
    /// - Parameter definition: of the function that the program gets where it asks for the hook.
    func hookData(of thread: TracedThreads.Reference, _ definition: PyMethodDef) -> UnsafeMutablePointer<PyMethodDef>? {
        nil
    }

    /// Leaves the function on top, which returns.
    func leave(_ thread: TracedThreads.Reference, now: UInt64) {}

    /// Puts the calls on the path that are open as a thread is hooked.
    func resumeOpenCalls(
        of thread: TracedThreads.Reference, _ state: OpaquePointer, entering firstFrame: OpaquePointer?
    ) {}

    override func begin(_ firstFrame: OpaquePointer?) throws(SessionError) {
        Self.current = self
        followThreads(entering: firstFrame)
    }

    override func end() {
        Self.current = nil
        AuditWatch.shared.end()
        forEachThreadState(of: interpreter) { state in
            guard let thread = hooked[PyThreadState_GetID(state)], !thread.pointee.isClosed else { return }
            set(state, nil)
        }
    }

    /// The hooks go at their next event.
    override func abandon() {
        Self.current = nil
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
            hookObjects[id] = hookObject(of: thread)
            set(state, hookObjects[id])
        }
    }

    private func set(_ state: OpaquePointer, _ object: Object?) {
        isSettingHook = true
        if setHook(of: state, object) != 0 { PyErr_Clear() }
        isSettingHook = false
    }

    /// A program that saves the hook and sets it again gets a function, which the interpreter calls at the next event.
    private func hookObject(of thread: TracedThreads.Reference) -> Object? {
        let definition = PyMethodDef(
            ml_name: hookName, ml_meth: onHookThatWasSetAgain, ml_flags: METH_VARARGS, ml_doc: nil)
        guard let data = hookData(of: thread, definition), let object = PyCFunction_NewEx(data, nil, nil) else {
            return nil
        }
        return object
    }

    /// The program set the hook of the calling thread again: goes on from where the thread is now.
    ///
    /// - Parameter event: what is told of `frame` just now, in the interpreter's word.
    fileprivate func goOn(_ frame: OpaquePointer?, _ event: String) {
        guard let state = PyThreadState_Get() else { return }
        let id = PyThreadState_GetID(state)
        guard let thread = hooked[id], thread.pointee.isClosed else { return followThreads() }
        let now = thread.pointee.source.read()
        thread.pointee.tree.leaveAll(now: now)
        thread.pointee.isClosed = false
        resumeOpenCalls(of: thread, state, entering: event == "call" ? frame : nil)
        if event == "return" { leave(thread, now: now) }
        set(state, hookObjects[id])
    }

    /// The program set a hook of its own on the calling thread, so ours is not called any more.
    private func programTookTheHook(_ kind: String, _ ends: String) {
        guard !isSettingHook, let thread = hooked[PyThreadState_GetID(PyThreadState_Get())], !thread.pointee.isClosed
        else { return }
        thread.pointee.tree.charge(until: thread.pointee.source.read())
        thread.pointee.isClosed = true
        guard told.insert(PyThreadState_GetID(PyThreadState_Get())).inserted else { return }
        all.log.append(
            .note(
                code: kind + "-function-replaced",
                text:
                    "the program set its own \(kind) function on \(thread.pointee.name); \(ends) there are not counted from then on, or until it sets the profiler's again"
            ))
    }
}

/// Where a function that is written in C keeps its definition: behind the object's head, in every version.
let definitionOffset = 16

nonisolated(unsafe) private let hookName = UnsafePointer(strdup("swprof_hook"))

private func onHookThatWasSetAgain(_: Object?, _ arguments: Object?) -> Object? {
    if let design = HookedTracing.current, let event = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(arguments, 1), nil) {
        design.goOn(OpaquePointer(PyTuple_GetItem(arguments, 0)), String(cString: event))
    }
    PyErr_Clear()
    return swprof_none()
}
