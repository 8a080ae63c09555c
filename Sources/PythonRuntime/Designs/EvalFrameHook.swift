import CMachine
import CPython
import Capture

/// A thread as the hook needs it, behind one pointer (`OwnThread`).
struct EvaluatingThread {
    let thread: TracedThreads.Reference
    /// The innermost function of those that were open when tracing began: their returns do not come by.
    var base: CallNode.Reference
    /// Their frames, outermost first.
    var open: [UInt] = []
    /// The lowest address of the thread's stack, and the bytes above it that no evaluation may begin in.
    var stackBottom: UInt = 0
    var stackReserve: UInt = 0
    let next: swprof_evaluation
    let toCode: Int
    let toOwner: Int
    /// Where the interpreter counts what is left of the C stack; 0 where it does not.
    let toBudget: Int
    /// The count by which the interpreter refuses a frame; 0 where the frame's caller clears it.
    let toRefusal: Int
    unowned(unsafe) let design: EvalFrameDesign
}

/// The hook of the design `evalframe`: every Python frame is evaluated through here, a generator's at every
/// resumption.
@_cdecl("swprof_evaluate")
func evaluate(_ state: OpaquePointer?, _ frame: UnsafeMutableRawPointer?, _ throwing: Int32) -> Object? {
    guard let own = OwnThread.open else { return evaluateFirst(state, frame, throwing) }
    return evaluateTraced(state, frame, throwing, own.assumingMemoryBound(to: EvaluatingThread.self))
}

@inline(__always)
private func evaluateTraced(
    _ state: OpaquePointer?, _ frame: UnsafeMutableRawPointer?, _ throwing: Int32,
    _ own: UnsafeMutablePointer<EvaluatingThread>
) -> Object? {
    let thread = own.pointee.thread
    let now = thread.pointee.source.read()
    // A program that has put itself on a stack of its own is below, or far above.
    if machine_stack_pointer() &- own.pointee.stackBottom < own.pointee.stackReserve {
        return refuse(own, state, frame, throwing)
    }
    if thread.pointee.tree.current == own.pointee.base { leaveReturned(own, state, now) }
    let key = frame.unsafelyUnwrapped.load(fromByteOffset: own.pointee.toCode, as: UInt.self) & ~EvaluationLayout.marks
    if !thread.pointee.tree.enterKnown(key, now: now) { enterNew(thread, key, now, throwing) }
    let entered = thread.pointee.tree.current
    if entered.pointee.isResumable, isFirst(frame, own) {
        thread.pointee.tree.takeBackEntry()
        return own.pointee.next(state, frame, throwing)
    }
    let result =
        own.pointee.toBudget == 0
        ? own.pointee.next(state, frame, throwing)
        : evaluateOutOfBudget(own.pointee.next, own.pointee.toBudget, state, frame, throwing)
    if thread.pointee.isClosed { return result }
    thread.pointee.tree.leave(now: thread.pointee.source.read())
    if result == nil { takeBackRefused(own, entered, state) }
    return result
}

/// Whether a frame still is its caller's: a generator's own frame is made by its call, and comes by later.
@inline(__always)
private func isFirst(_ frame: UnsafeMutableRawPointer?, _ own: UnsafeMutablePointer<EvaluatingThread>) -> Bool {
    frame.unsafelyUnwrapped.load(fromByteOffset: own.pointee.toOwner, as: UInt8.self) == 0
}

/// No name is asked for while an exception is on its way into a generator.
@inline(never)
private func enterNew(_ thread: TracedThreads.Reference, _ key: UInt, _ now: UInt64, _ throwing: Int32) {
    if throwing == 0 { return enterPython(thread, key, now) }
    var (type, value, traceback): (Object?, Object?, Object?)
    PyErr_Fetch(&type, &value, &traceback)
    enterPython(thread, key, now)
    PyErr_Restore(type, value, traceback)
}

/// Where this is the thread's first frame, or its first in this session, or where there is no session any more.
@inline(never)
private func evaluateFirst(_ state: OpaquePointer?, _ frame: UnsafeMutableRawPointer?, _ throwing: Int32) -> Object? {
    guard let design = EvalFrameDesign.current else { return _PyEval_EvalFrameDefault(state, frame, throwing) }
    guard Session.isTracing(with: design) else { return design.next(state, frame, throwing) }
    let own = design.meet(state)
    OwnThread.set(own)
    return evaluateTraced(state, frame, throwing, own)
}

/// The functions that were open when tracing began and have returned since are left here, and a thread that no function is open
/// on begins.
@inline(never)
private func leaveReturned(_ own: UnsafeMutablePointer<EvaluatingThread>, _ state: OpaquePointer?, _ now: UInt64) {
    let calling = own.pointee.design.layout.frame(ofThread: UInt(bitPattern: state))
    while let innermost = own.pointee.open.last, innermost != calling {
        own.pointee.open.removeLast()
        own.pointee.thread.pointee.tree.leave(now: now)
    }
    if own.pointee.open.isEmpty { own.pointee.thread.pointee.begin(state, now: now) }
    own.pointee.base = own.pointee.thread.pointee.tree.current
}

/// The interpreter refuses a frame at the end of its recursion limit: that was no call.
@inline(never)
private func takeBackRefused(
    _ own: UnsafeMutablePointer<EvaluatingThread>, _ entered: CallNode.Reference, _ state: OpaquePointer?
) {
    if counter(state, own.pointee.design.layout.threadRecursionRemaining).pointee <= 0 { entered.pointee.calls &-= 1 }
}

/// A plain call takes nothing of the interpreter's budget for the C stack: the evaluation gets what it will take.
@inline(__always)
func evaluateOutOfBudget(
    _ next: swprof_evaluation, _ toBudget: Int, _ state: OpaquePointer?, _ frame: UnsafeMutableRawPointer?,
    _ throwing: Int32
) -> Object? {
    let budget = counter(state, toBudget)
    budget.pointee &+= EvaluationLayout.evaluationUnits
    let result = next(state, frame, throwing)
    budget.pointee &-= EvaluationLayout.evaluationUnits
    return result
}

@inline(__always)
private func counter(_ state: OpaquePointer?, _ offset: Int) -> UnsafeMutablePointer<Int32> {
    (UnsafeMutableRawPointer(state.unsafelyUnwrapped) + offset).assumingMemoryBound(to: Int32.self)
}

/// Every frame takes some of the C stack, of which plain calls take none.
///
/// From 3.12 on an evaluation clears its frame away, so the interpreter itself has to refuse it, as it does where
/// nothing is left of a count.
@inline(never)
private func refuse(
    _ own: UnsafeMutablePointer<EvaluatingThread>, _ state: OpaquePointer?, _ frame: UnsafeMutableRawPointer?,
    _ throwing: Int32
) -> Object? {
    own.pointee.design.tellOfRefusal()
    if own.pointee.toRefusal != 0 {
        let left = counter(state, own.pointee.toRefusal)
        let before = left.pointee
        left.pointee = 0
        _ = own.pointee.next(state, frame, throwing)
        left.pointee = before
        PyErr_Clear()
    }
    PyErr_SetString(
        swprof_recursion_error(),
        "maximum recursion depth exceeded: the profiling design evalframe needs the C stack for every call, and no more is left; the design setprofile needs none"
    )
    return nil
}
