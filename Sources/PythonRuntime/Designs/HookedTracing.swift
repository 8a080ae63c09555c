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
    /// In a forked child: the threads' states that still have the parent's hook.
    private var abandoned: Set<UInt64> = []
    private var mostHooked = 256
    /// The hook that was there before ours on the thread that tracing begins on.
    private var theirs: Object?
    /// Where a thread's state has its hook, in bytes; 0 while that is not known.
    private(set) var place = 0
    private let kind: String

    /// What is at work now. Used with the GIL only.
    nonisolated(unsafe) unowned(unsafe) static var current: HookedTracing?
    /// Whether a hook that is being set is our own.
    private var isSettingHook = false
    private var hasToldOfRefusal = false

    /// - Parameter event: the audit event that tells of the program setting its own hook, a function of this `kind`;
    ///   what that `ends` is told with the code `KIND-function-replaced`.
    init(following all: TracedThreads, event: StaticString, kind: String, ends: String) {
        self.kind = kind
        super.init(following: all)
        AuditWatch.shared.begin(event) { [unowned(unsafe) self] in programTookTheHook(ends) }
        AuditWatch.shared.begin("ctypes.dlsym") { ThreadLatch.close() }
    }

    /// Our hook, and the same for a thread that had one before.
    var hook: swprof_tracefunc? { nil }
    var hookBeside: swprof_tracefunc? { nil }

    /// Sets a thread's hook, or with no function takes it away; 0 where that could be done.
    func setHook(of state: OpaquePointer, _ function: swprof_tracefunc?, _ object: Object?) -> Int32 { 0 }

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

    override func begin() throws(SessionError) {
        Self.current = self
        theirs = EarlierHook.ofCallingThread(kind)
        // It goes first, for by it one learns where states have their hooks.
        let own = PyThreadState_GetID(PyThreadState_Get())
        forEachThreadState(of: interpreter, where: { $0 == own }) { follow($0, all.make(for: $0)) }
        followThreads()
    }

    override func end() {
        Self.current = nil
        ThreadLatch.open()
        AuditWatch.shared.end()
        unhook(where: isHooked)
    }

    /// The hooks go at their next event.
    override func abandon() {
        Self.current = nil
        ThreadLatch.open()
        abandoned = Set(hooked.keys.filter(isHooked))
        for thread in hooked.values { thread.pointee.isAbandoned = true }
    }

    /// They go at once, for the child's own would take them for the program's.
    override func leaveForkedChild() { ProgramsAuditHooks.hidden { unhook(where: abandoned.contains) } }

    private func isHooked(_ state: UInt64) -> Bool { hooked[state].map { !$0.pointee.isClosed } ?? false }

    private func unhook(where isMeant: (UInt64) -> Bool) {
        forEachThreadState(of: interpreter, where: isMeant) { state in
            let earlier = EarlierHook.current.flatMap { $0.thread == hooked[PyThreadState_GetID(state)] ? $0 : nil }
            set(state, earlier?.function, earlier?.object)
        }
    }

    // MARK: Threads

    /// Hooks the threads that are new. Called with the GIL.
    func followThreads() {
        forEachThreadState(of: interpreter, where: { hooked[$0] == nil }) { follow($0, all.make(for: $0)) }
        forgetThreads()
    }

    private func follow(_ state: OpaquePointer, _ thread: TracedThreads.Reference) {
        let id = PyThreadState_GetID(state)
        hooked[id] = thread
        resumeOpenCalls(of: thread, state, entering: nil)
        hookObjects[id] = hookObject(of: thread)
        hook(state, thread)
    }

    /// A program may start threads without end.
    private func forgetThreads() {
        guard hooked.count > mostHooked else { return }
        var present: Set<UInt64> = []
        forEachThreadState(of: interpreter) { present.insert(PyThreadState_GetID($0)) }
        hooked = hooked.filter { present.contains($0.key) }
        hookObjects = hookObjects.filter { present.contains($0.key) }
        told.formIntersection(present)
        mostHooked = max(256, 2 * hooked.count)
    }

    /// The calling thread runs Python, by a state that may not have the hook: native code makes states without a word, a thread's
    /// first as well as one for each of its calls.
    ///
    /// - Parameter before: what is known of the thread.
    func meet(_ state: OpaquePointer, before: MetThread?) -> (TracedThreads.Reference, Object?)? {
        let id = PyThreadState_GetID(state)
        if hooked[id] == nil {
            if let before, !before.thread.pointee.isClosed {
                before.thread.pointee.tree.leaveAll(now: before.thread.pointee.source.read())
                (hooked[id], hookObjects[id]) = (before.thread, before.hookObject)
                ProgramsAuditHooks.hidden { hook(state, before.thread) }
                forgetThreads()
            } else {
                followThreads()
                hooked[id]?.pointee.id = gettid()
            }
        }
        return hooked[id].map { ($0, hookObjects[id]) }
    }

    // MARK: Hooks

    private func hook(_ state: OpaquePointer, _ thread: TracedThreads.Reference) {
        let object = hookObjects[PyThreadState_GetID(state)]
        if place != 0, load(UInt(bitPattern: state) &+ UInt(place)) != 0 {
            thread.pointee.isClosed = true
            return tellOfEarlierHook("it goes on, and what that thread does is not counted")
        }
        guard let theirs, state == PyThreadState_Get() else { return set(state, hook, object) }
        self.theirs = nil
        let before = StateWords(of: state)
        set(state, hookBeside, theirs)
        guard let place = StateWords.place(of: hookBeside, in: state) else { return set(state, hook, object) }
        EarlierHook.current = EarlierHook(
            function: before.function(at: place), object: theirs, data: object, thread: thread)
        tellOfEarlierHook("it is called as before, and its time is in the figures")
    }

    private func tellOfEarlierHook(_ what: String) {
        all.log.append(
            .note(
                code: "hooks-before",
                text:
                    "a \(kind) function had been set before profiling began, as a sitecustomize or a .pth file does: \(what)"
            ))
    }

    private func set(_ state: OpaquePointer, _ function: swprof_tracefunc?, _ object: Object?) {
        isSettingHook = true
        defer { isSettingHook = false }
        if setHook(of: state, function, object) == 0 {
            if place == 0 { place = StateWords.place(of: function, in: state) ?? 0 }
            return
        }
        PyErr_Clear()
        if function != nil { hooked[PyThreadState_GetID(state)]?.pointee.isClosed = true }
        if hasToldOfRefusal { return }
        hasToldOfRefusal = true
        all.log.append(
            .note(
                code: "hook-refused",
                text:
                    "an audit hook of the program refused the profiler's \(kind) function: what the threads do that it was refused on is not counted from then on"
            ))
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
        ProgramsAuditHooks.hidden { set(state, hook, hookObjects[id]) }
    }

    /// The program set a hook of its own on the calling thread, so ours is not called any more.
    private func programTookTheHook(_ ends: String) {
        guard !isSettingHook, let state = PyThreadState_Get(), let thread = hooked[PyThreadState_GetID(state)],
            !thread.pointee.isClosed
        else { return }
        thread.pointee.tree.charge(until: thread.pointee.source.read())
        thread.pointee.isClosed = true
        if kind == "profile" { UntoldReturn.skip(in: state) }
        guard told.insert(PyThreadState_GetID(state)).inserted else { return }
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
