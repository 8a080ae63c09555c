import CMachine
import CPython
import Capture
import Glibc

/// A thread as the latch needs it, behind one pointer (`OwnThread`).
struct MetThread {
    let thread: TracedThreads.Reference
    let hookObject: Object?
    /// The lowest address of the thread's stack, and the bytes above it that the latch leaves alone.
    let stackBottom: UInt
    let stackReserve: UInt
}

/// Finds threads that native code starts, for designs whose hook is set thread by thread: such a thread has no event until it
/// has the hook.
///
/// While the latch is closed, every frame is evaluated through a look at whether its thread has been met (PEP 523). That costs
/// time at every call, so it is closed only when the program has taken a function of C's out of a library (`ctypes`), which may
/// start such a thread. Used with the GIL only.
enum ThreadLatch {
    /// Who evaluated frames before the latch was closed, and does so behind it.
    nonisolated(unsafe) fileprivate static var next: swprof_evaluation = _PyEval_EvalFrameDefault
    nonisolated(unsafe) private static var isClosed = false
    /// Where a thread's state has its hook, in bytes.
    nonisolated(unsafe) fileprivate static var place: UInt = 0
    /// Threads that were met in this session.
    nonisolated(unsafe) private static var met: Set<UnsafeMutablePointer<MetThread>> = []

    nonisolated(unsafe) private static var hasGivenUp = false
    /// Where the interpreter counts what is left of the C stack; 0 where it does not.
    nonisolated(unsafe) fileprivate static var toBudget = 0

    /// For what a function may call in C, in bytes.
    private static let reserve: UInt = 512 << 10

    static func close() {
        guard !isClosed, let design = HookedTracing.current, design.place != 0 else { return }
        (isClosed, hasGivenUp, place, met) = (true, false, UInt(design.place), [])
        toBudget = EvaluationLayout.ofRunningInterpreter()?.threadCRecursionRemaining ?? 0
        let interpreter = PyInterpreterState_Get()
        next = _PyInterpreterState_GetEvalFrameFunc(interpreter) ?? _PyEval_EvalFrameDefault
        _PyInterpreterState_SetEvalFrameFunc(interpreter, evaluateLatched)
        design.all.log.append(
            .note(
                code: "threads-watched",
                text:
                    "the program calls C by ctypes, whose threads may call Python: to find them every call is looked at, which costs more than was calibrated"
            ))
    }

    /// Another hook may have been set on top of it, and goes on to call it: then it stays, and does nothing.
    static func open() {
        guard isClosed else { return }
        let interpreter = PyInterpreterState_Get()
        let isOnTop =
            unsafeBitCast(_PyInterpreterState_GetEvalFrameFunc(interpreter), to: UInt.self)
            == unsafeBitCast(evaluateLatched as swprof_evaluation, to: UInt.self)
        if isOnTop { _PyInterpreterState_SetEvalFrameFunc(interpreter, next) }
        isClosed = !isOnTop
    }

    /// Each call takes some of the C stack, of which plain calls take none. Where little is left, the program comes first.
    @inline(never)
    fileprivate static func giveUp() {
        open()
        if hasGivenUp { return }
        hasGivenUp = true
        HookedTracing.current?.all.log.append(
            .note(
                code: "native-threads-lost",
                text:
                    "calls go so deep that there is no room left to look for threads of native code: those that come from then on are not followed"
            ))
    }

    /// - Parameter known: what the thread's own pointer leads to.
    /// - Returns: what it is to lead to.
    @inline(never)
    fileprivate static func meet(_ state: OpaquePointer?, _ known: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
    {
        guard let design = HookedTracing.current, let state else { return known }
        let before = known.map { $0.assumingMemoryBound(to: MetThread.self) }.flatMap { met.contains($0) ? $0 : nil }
        guard let (thread, object) = design.meet(state, before: before?.pointee), before?.pointee.thread != thread
        else { return known }
        var size: UInt = 0
        let bottom = machine_stack_bottom(&size)
        let own = UnsafeMutablePointer<MetThread>.allocate(capacity: 1)
        own.initialize(
            to: MetThread(thread: thread, hookObject: object, stackBottom: bottom, stackReserve: min(reserve, size / 4))
        )
        met.insert(own)
        return UnsafeMutableRawPointer(own)
    }
}

/// The thread's own pointer is read and set here alone: each object file has one (`machine_own_pointer`).
@_cdecl("swprof_evaluate_latched")
func evaluateLatched(_ state: OpaquePointer?, _ frame: UnsafeMutableRawPointer?, _ throwing: Int32) -> Object? {
    if let own = OwnThread.open, load(UInt(bitPattern: state) &+ ThreadLatch.place) != 0 {
        let met = own.assumingMemoryBound(to: MetThread.self)
        if machine_stack_pointer() &- met.pointee.stackBottom < met.pointee.stackReserve { ThreadLatch.giveUp() }
    } else if throwing == 0 {
        machine_own_pointer().pointee = ThreadLatch.meet(state, machine_own_pointer().pointee)
    }
    if ThreadLatch.toBudget == 0 { return ThreadLatch.next(state, frame, throwing) }
    return evaluateOutOfBudget(ThreadLatch.next, ThreadLatch.toBudget, state, frame, throwing)
}
