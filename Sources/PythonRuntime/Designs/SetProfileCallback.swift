import CMachine
import CPython
import Capture
import Glibc

/// A thread as the callback needs it, behind one pointer.
struct ProfiledThread {
    /// Of the function that leads here.
    let definition: PyMethodDef
    let thread: TracedThreads.Reference
    /// Where a frame object leads to its code; `nil` where that has to be asked for.
    let codePath: CodePath?
    var chain = CallChain()
    /// Follows the threads that a call started.
    unowned(unsafe) let design: SetProfileDesign
}

/// The hook of the design `setprofile`: every call and return of Python and C functions comes here.
@_cdecl("swprof_on_event")
func onEvent(_ hook: Object?, _ frame: OpaquePointer?, _ what: Int32, _ argument: Object?) -> Int32 {
    let profiled = UnsafeRawPointer(hook.unsafelyUnwrapped).load(
        fromByteOffset: definitionOffset, as: UnsafeMutablePointer<ProfiledThread>.self)
    let thread = profiled.pointee.thread
    let now = thread.pointee.source.read()
    if thread.pointee.isClosed { return leaveClosed(thread) }
    switch Int(what) {
    case swprof_call:
        if !profiled.pointee.chain.enter(frame) { findPlace(thread, PyFrame_GetBack(frame), now) }
        let key = profiled.pointee.codePath?.code(of: frame) ?? CodePath.askForCode(of: frame)
        if !thread.pointee.tree.enterKnown(key, now: now) { enterPython(thread, key, now) }
    case swprof_return:
        if !profiled.pointee.chain.leave(frame) { findPlace(thread, held(frame), now) }
        thread.pointee.tree.leave(now: now)
    case swprof_c_call:
        if !profiled.pointee.chain.stay(frame) { findPlace(thread, held(frame), now) }
        let definition = UnsafeRawPointer(argument.unsafelyUnwrapped).load(
            fromByteOffset: definitionOffset, as: UInt.self)
        let key = definition | CalledFunctions.cFunctionMark
        if !thread.pointee.tree.enterKnown(key, now: now) { enterC(thread, key, argument.unsafelyUnwrapped, now) }
    case swprof_c_return, swprof_c_exception:
        if !profiled.pointee.chain.stay(frame) {
            findPlace(thread, held(frame), now)
            return 0
        }
        let startsThreads = thread.pointee.tree.current.pointee.startsThreads
        thread.pointee.tree.leave(now: now)
        if startsThreads { profiled.pointee.design.followThreads() }
    default:
        break
    }
    return 0
}

/// The hook of a thread that had a profile function before.
func onEventBeside(_ theirs: Object?, _ frame: OpaquePointer?, _ what: Int32, _ argument: Object?) -> Int32 {
    EarlierHook.callBoth(theirs, frame, what, argument, ours: onEvent) {
        _ = _PyEval_SetProfile(PyThreadState_Get(), $0.function, $0.object)
    }
}

/// The thread is on another stack than it was at the last event: goes on there. A C function that is open on that stack is
/// not found, and so is not left either.
///
/// - Parameter frame: the innermost that is open; a reference that is given back here.
@inline(never)
private func findPlace(_ thread: TracedThreads.Reference, _ frame: OpaquePointer?, _ now: UInt64) {
    thread.pointee.tree.charge(until: now)
    thread.pointee.tree.leaveAll(now: now)
    thread.pointee.all.resumeOpenCalls(of: thread, from: frame, entering: nil)
}

private func held(_ frame: OpaquePointer?) -> OpaquePointer? {
    Py_IncRef(UnsafeMutableRawPointer(frame)?.assumingMemoryBound(to: PyObject.self))
    return frame
}

/// Enters a Python function on a path that was not the last one taken from here.
@inline(never)
func enterPython(_ thread: TracedThreads.Reference, _ key: UInt, _ now: UInt64) {
    if thread.pointee.id == 0 { thread.pointee.id = gettid() }
    thread.pointee.tree.enter(key, now: now) { node, parent in
        thread.pointee.all.tell(of: node, below: parent, in: thread, function: key)
    }
    thread.pointee.all.keptCode.giveBackUnused()
}

/// The same for a C function.
@inline(never)
func enterC(_ thread: TracedThreads.Reference, _ key: UInt, _ function: Object, _ now: UInt64) {
    thread.pointee.tree.enter(key, now: now) { node, parent in
        thread.pointee.all.tell(of: node, below: parent, in: thread, cFunction: function, key: key)
    }
}

/// A hook of a forked child goes at its first event; one that could not be taken away does nothing any more.
@inline(never)
private func leaveClosed(_ thread: TracedThreads.Reference) -> Int32 {
    if thread.pointee.isAbandoned { PyEval_SetProfile(nil, nil) }
    return 0
}
