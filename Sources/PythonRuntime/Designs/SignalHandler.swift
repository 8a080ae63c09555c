import CMachine
import CPython
import Capture
import Glibc

/// What the handler works with. Made before the first signal, never changed or freed after.
struct HandlerContext {
    var walk: FrameWalk
    var slots: SampleSlots
    var process: Int32
    var looks: Bool
    /// `nil` where that is not known.
    var pending: PendingSignals?
    var interpreter: OwnInterpreter?
    let asyncio = AsyncioPlace.shared
    /// Who had the signal before us.
    var previous = sigaction()
}

/// The handler's only way to its context: a signal brings no pointer that can be trusted.
nonisolated(unsafe) private var handlerContext: UnsafeMutablePointer<HandlerContext>?

/// The signal that asks a thread for its stack, and its handler.
enum TickSignal {
    /// Best first: one that no program can block or wait for (`ForkPause` keeps it from a program that is exec'd, which it
    /// would end), then those that are ignored by default.
    private static let candidates = [Int32(machine_hidden_signal), SIGURG, SIGWINCH]

    static func isHidden(_ signal: Int32) -> Bool { signal == candidates[0] }

    /// Whether a wait that it interrupts is none the worse: it is begun anew, and no program can wait for the signal.
    static func spares(_ signal: Int32) -> Bool { isHidden(signal) && machine_resumes_calls != 0 }

    /// Those of the last session, for the next: a signal that is late may still be on its way to them.
    static var slots: SampleSlots? { handlerContext?.pointee.slots }

    /// For handlers on the main thread, where the program has no such stack: it may work on a stack without room.
    private static let alternateSize = 1 << 16
    nonisolated(unsafe) private static var alternate: UnsafeMutableRawPointer?

    /// Called by the main thread, as is `takeStackBack`; another would leave it behind when it ends.
    static func lendStack() {
        guard machine_own_thread() == getpid() else { return }
        let memory = alternate ?? .allocate(byteCount: alternateSize, alignment: 16)
        alternate = memory
        _ = machine_lend_alternate_stack(memory, UInt(alternateSize))
    }

    static func takeStackBack() {
        if let alternate, machine_own_thread() == getpid() { machine_take_alternate_stack_back(alternate) }
    }

    static func prepare(_ context: HandlerContext) {
        let prepared = UnsafeMutablePointer<HandlerContext>.allocate(capacity: 1)
        prepared.initialize(to: context)
        handlerContext = prepared
    }

    /// Takes the first signal that the program does not use; `nil` where it uses all.
    static func install() -> Int32? {
        guard let context = handlerContext, let signal = candidates.first(where: { machine_is_unhandled($0) != 0 }),
            machine_install_handler(signal, onTick, &context.pointee.previous) == 0
        else { return nil }
        return signal
    }

    /// Whether the signal still comes to us: a program may set a handler of its own at any time.
    static func isOurs(_ signal: Int32) -> Bool { machine_handler_is(signal, onTick) != 0 }

    static func uninstallAll() { candidates.forEach(uninstall) }

    static func uninstall(_ signal: Int32) {
        guard isOurs(signal), let context = handlerContext else { return }
        machine_uninstall_handler(signal, &context.pointee.previous)
    }
}

/// Walks the frames of the thread that it interrupts.
///
/// `@_noLocks` has the compiler reject what may allocate or lock; a test looks for calls into the
/// Swift runtime in the machine code besides.
@_noLocks
@_cdecl("swprof_on_tick")
func onTick(_ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ machineContext: UnsafeMutableRawPointer?) {
    guard let info, let context = handlerContext else { return }
    guard machine_is_queued(info) != 0, machine_sender(info) == context.pointee.process,
        let value = machine_value(info),
        context.pointee.slots.contains(value)
    else {
        machine_forward(&context.pointee.previous, signal, info, machineContext)
        return
    }
    let slot = UnsafeMutableRawPointer(mutating: value).assumingMemoryBound(to: SampleSlot.self)
    let request = machine_load_acquire(&slot.pointee.request)
    guard slot.pointee.answer != request else { return }
    slot.pointee.instant = machine_now()
    slot.pointee.processor = machine_own_processor()
    let state = profiledState(context.pointee.interpreter, slot)
    if machine_cuts_call_short(machineContext, signal) != 0, isOurDoing(state, context.pointee.pending, slot) {
        machine_begin_call_anew(machineContext)
    }
    slot.pointee.threadState = state
    slot.pointee.holdsLock = state != 0 && UInt(bitPattern: swprof_attached_state()) == state
    slot.pointee.depth =
        state == 0 || !context.pointee.looks ? 0 : walkOwn(state, context.pointee.walk, slot, machineContext)
    noteOwnTask(state, context, slot)
    machine_store_release(&slot.pointee.answer, request)
}

/// The calling thread's state in the interpreter that is profiled. While a subinterpreter runs on the thread, that one's state
/// may stand in its place (from 3.12 on), and what called the subinterpreter is open.
@_noLocks @inline(__always)
private func profiledState(_ interpreter: OwnInterpreter?, _ slot: UnsafeMutablePointer<SampleSlot>) -> UInt {
    let state = UInt(bitPattern: PyGILState_GetThisThreadState())
    guard state != 0, let interpreter, !interpreter.has(threadState: state) else { return state }
    return slot.pointee.listedState
}

@_noLocks @inline(__always)
private func walkOwn(
    _ threadState: UInt, _ walk: FrameWalk, _ slot: UnsafeMutablePointer<SampleSlot>,
    _ machineContext: UnsafeMutableRawPointer?
) -> Int {
    slot.pointee.stack.reach(machine_interrupted_stack_pointer(machineContext))
    guard hasRoom(slot.pointee.stack, machineContext) else { return FrameWalk.unverified }
    return walk.walk(threadState: threadState, isOwn: true, stack: slot.pointee.stack, into: slot.pointee.room)
}

/// Where the stack could not be walked nobody asks for the task either.
@_noLocks @inline(__always)
private func noteOwnTask(
    _ threadState: UInt, _ context: UnsafeMutablePointer<HandlerContext>, _ slot: UnsafeMutablePointer<SampleSlot>
) {
    guard let asyncio = context.pointee.asyncio.layout(), slot.pointee.depth > 0 else {
        return slot.pointee.task.setNone()
    }
    context.pointee.walk.noteTask(of: threadState, asyncio, isHeld: slot.pointee.holdsLock, in: slot.pointee.task)
}

/// Whether it was our signal that cut a wait short, and no other that came just before: that one's handler looks as if it had
/// not been there.
@_noLocks @inline(__always)
private func isOurDoing(_ state: UInt, _ pending: PendingSignals?, _ slot: UnsafeMutablePointer<SampleSlot>) -> Bool {
    guard let pending, state != 0 else { return hasJustBegunToWait(slot) }
    return !pending.areThere(threadState: state)
}

/// Whether the wait that was cut short began when the thread had been asked, or a moment before: then it was our signal that
/// cut it short. A thread that was woken by another signal ran when it was asked, and has not slept since.
@_noLocks @inline(__always)
private func hasJustBegunToWait(_ slot: UnsafeMutablePointer<SampleSlot>) -> Bool {
    if slot.pointee.wasBusy { return true }
    let ran = machine_own_cpu() &- slot.pointee.cpuAsked
    return slot.pointee.instant &- slot.pointee.askedAt &- ran > shortestSleep
}

/// To go to sleep and to be woken takes longer, in nanoseconds.
private let shortestSleep: Int64 = 3_000

/// Whether there is room to walk: a program may run on a stack that it made itself, of any size.
@_noLocks @inline(__always)
private func hasRoom(_ stack: CStack, _ machineContext: UnsafeMutableRawPointer?) -> Bool {
    var left: UInt = 0
    return machine_is_on_alternate_stack(machineContext, &left) != 0 ? left >= roomToWalk : stack.isKnown()
}

/// More bytes of stack than a walk uses.
private let roomToWalk: UInt = 4096
