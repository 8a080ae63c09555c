import CPython
import Capture

/// PY_START, PY_RESUME and PY_THROW: (code, offset, …).
@_cdecl("swprof_on_entry")
func onEntry(_: Object?, _ arguments: UnsafePointer<Object?>?, _: Int) -> Object? {
    guard let thread = monitoredThread() else { return swprof_immortal_none() }
    enterMonitored(thread, UInt(bitPattern: arguments.unsafelyUnwrapped[0]))
    return swprof_immortal_none()
}

@inline(__always)
func enterMonitored(_ thread: TracedThreads.Reference, _ key: UInt) {
    let now = thread.pointee.source.read()
    if thread.pointee.tree.current == thread.pointee.tree.root { beginOnThread(thread, now) }
    if !thread.pointee.tree.enterKnown(key, now: now) { enterPython(thread, key, now) }
}

@inline(never)
private func beginOnThread(_ thread: TracedThreads.Reference, _ now: UInt64) {
    thread.pointee.begin(PyThreadState_Get(), now: now)
}

/// PY_RETURN, PY_YIELD and PY_UNWIND.
@_cdecl("swprof_on_leaving")
func onLeaving(_: Object?, _: UnsafePointer<Object?>?, _: Int) -> Object? {
    guard let thread = monitoredThread() else { return swprof_immortal_none() }
    thread.pointee.tree.leave(now: thread.pointee.source.read())
    return swprof_immortal_none()
}

/// CALL: (code, offset, callable, …).
@_cdecl("swprof_on_call")
func onCall(_: Object?, _ arguments: UnsafePointer<Object?>?, _: Int) -> Object? {
    let callable = arguments.unsafelyUnwrapped[2].unsafelyUnwrapped
    let definition = CFunctions.definition(of: callable)
    guard definition != 0, let thread = monitoredThread() else { return swprof_immortal_none() }
    let now = thread.pointee.source.read()
    let key = definition | CalledFunctions.cFunctionMark
    if !thread.pointee.tree.enterKnown(key, now: now) { enterC(thread, key, callable, now) }
    if definition == settingProfile { leaveUntold(thread) }
    return swprof_immortal_none()
}

/// C_RETURN and C_RAISE, also of a callable that is no function, whose call was not counted.
@_cdecl("swprof_on_leaving_c")
func onLeavingC(_: Object?, _: UnsafePointer<Object?>?, _: Int) -> Object? {
    guard let thread = monitoredThread() else { return swprof_immortal_none() }
    guard thread.pointee.tree.current.pointee.key & CalledFunctions.cFunctionMark != 0 else {
        return swprof_immortal_none()
    }
    thread.pointee.tree.leave(now: thread.pointee.source.read())
    return swprof_immortal_none()
}

/// The program is about to set a profile function of its own, where it had none. We have the interpreter tell of that call, and so
/// it would tell the program's function of its return: it tells nobody, and we leave at once.
@inline(never)
private func leaveUntold(_ thread: TracedThreads.Reference) {
    let before = EarlierHook.ofCallingThread("profile")
    defer { Py_DecRef(before) }
    guard before == nil, UntoldReturn.skip(in: PyThreadState_Get()) else { return }
    thread.pointee.tree.leave(now: thread.pointee.source.read())
}

/// The function that a program sets its profile function by, `sys.setprofile`, as `CFunctions` has it; 0 before there was a
/// session. Used with the GIL only.
nonisolated(unsafe) var settingProfile: UInt = 0

/// Any event, for benchmarks.
func onNothing(_: Object?, _: UnsafePointer<Object?>?, _: Int) -> Object? { swprof_immortal_none() }

/// The C functions that a tracer counts, as cProfile does: functions, and methods that are not bound yet.
enum CFunctions {
    // From Include/object.h, cpython/methodobject.h and descrobject.h; the same in all versions.
    private static let type = 8
    private static let functionDefinition: UInt = 16
    private static let descriptorDefinition: UInt = 40

    /// The address of the function's definition; 0 for any other callable.
    @inline(__always)
    static func definition(of callable: Object) -> UInt {
        let object = UInt(bitPattern: callable)
        let type = UnsafeMutableRawPointer(bitPattern: load(object &+ UInt(Self.type)))
        if type == swprof_function_type() || type == swprof_class_method_type() {
            return load(object &+ functionDefinition)
        }
        return type == swprof_method_descriptor_type() ? load(object &+ descriptorDefinition) : 0
    }
}
