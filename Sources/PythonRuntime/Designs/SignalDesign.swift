import CMachine
import Capture
import Glibc

/// The design `signal`: a clock thread that never takes the GIL interrupts each running thread, which walks its own
/// frames. A thread that stands still is walked from outside, once.
///
/// **Late answers.** While a signal directed at a thread is pending, that thread is in the kernel or off the processor
/// and runs no Python code. So its stack when the handler runs at last is its stack at every tick since the signal was
/// sent: a long system call or a fault of memory costs no tick. That holds from the sending on, not from the tick's due
/// instant, and it fails where the program itself blocks the signal; `UnansweredTicks` finds that out.
struct SignalDesign: SamplingDesign {
    private struct Asked {
        var thread: ObservedThread
        var ticks: ClosedRange<UInt64>
        /// The request in its slot; `nil` for a thread that was looked at from outside.
        var request: UInt64?
        /// What a thread that answered late the last time was executing when it was asked.
        var leaf: FrameLeaf?
        var sample: ThreadSample
    }

    /// The stack of a thread that stands still, and the CPU time that proves it.
    private struct Standing {
        var cpu: Int64
        var stack: UInt32
        var task: UInt32
        var holdsLock: Bool?
        /// Whether it waits for nothing but a processor; not asked for where only who runs counts.
        var isRunnable: Bool
    }

    private let context: HandlerContext
    private var processors = ProcessorChoice()
    private var listed: ListedThreads
    private let log: LogWriter
    private var interning: StackInterning
    private var outside: OutsideLook
    private var signal: Int32?
    private var asked: [Asked] = []
    private var unanswered: [UInt32: UnansweredTicks] = [:]
    private var late: [LateAnswer] = []
    private var standing: [UInt32: Standing] = [:]
    /// When threads were last asked, and how long before that, in nanoseconds.
    private var askedAt = KernelClock.now()
    private var gap: Int64 = 0
    private var lastTick: UInt64 = 0
    private var kernel = KernelStates()
    /// CPU time of the clock thread when it woke for this tick.
    private var cpuAtWake: Int64 = 0

    /// How long to wait for the last answers, behind which there is no other tick, and between two looks at whether
    /// they have come, in nanoseconds.
    private static let lastAnswer: Int64 = 2_000_000
    private static let moment: Int64 = 20_000
    /// How long a signal is on its way to another processor, where the thread runs on meanwhile, in nanoseconds.
    private static let flight: Int64 = 100_000
    /// A thread that did not run for no more than this part of a gap, and no longer than so many nanoseconds, is taken to be
    /// running still: it may have been put aside for us.
    private static let idlePart = 0.03
    private static let idleMoment = 100_000.0
    /// How long a thread is given to show that it stood still for us alone, in nanoseconds.
    private static let resumption: Int64 = 20_000

    /// Whether it matters which threads are on a processor at a tick.
    private let countsRunning: Bool

    /// - Parameter looks: whether the handler walks; without, only what interrupting costs is left.
    init(_ program: SampledProgram, looks: Bool = true) throws(SessionError) {
        countsRunning = program.clock == .cpu
        guard let slots = TickSignal.slots ?? SampleSlots() else { throw SessionError("no memory for samples") }
        var walk = program.walk
        if looks { walk.callees = .ofRunningInterpreter }
        context = HandlerContext(
            walk: walk, slots: slots, process: getpid(), looks: looks, pending: .ofRunningInterpreter(),
            interpreter: OwnInterpreter.ofCallingThread())
        listed = ListedThreads(program.list)
        log = program.log
        walk.named.removeAll()
        walk.callees?.sites.removeAll()
        interning = StackInterning(log: program.log, name: CodeNaming(walk: walk).record)
        outside = OutsideLook(walk, log: program.log)
        TickSignal.prepare(context)
        signal = TickSignal.install()
        if signal == nil { tellThatNoSignalIsFree() }
        TickSignal.lendStack()
    }

    mutating func threads() -> [Int32] { listed.refresh() }

    mutating func ask(_ threads: [ObservedThread], ticks: ClosedRange<UInt64>) {
        let now = KernelClock.now()
        gap = now - askedAt
        askedAt = now
        defer { lastTick = ticks.upperBound }
        asked = threads.map { observed in
            var thread = observed
            if standsStill(&thread) { return lookFromOutside(thread, ticks) }
            if let signal, !TickSignal.isHidden(signal), kernel.blocks(signal, in: thread.id) {
                return lookTwice(thread, ticks)
            }
            return interrupt(thread, ticks)
        }
        if countsRunning { noteWhoResumes() }
        if max(unanswered.count, standing.count) > threads.count { forget(allBut: threads) }
        if let busiest = threads.max(by: { $0.cpuSinceLastTick < $1.cpuSinceLastTick }),
            let slot = context.slots[busiest.slot]
        {
            // A number that is left out is a tick that was overtaken.
            processors.avoid(slot.pointee.processor, isLate: ticks.lowerBound > lastTick + 1)
        }
    }

    /// A program may start threads without end.
    private mutating func forget(allBut threads: [ObservedThread]) {
        let present = Set(threads.map { $0.index })
        unanswered = unanswered.filter { present.contains($0.key) }
        standing = standing.filter { present.contains($0.key) }
    }

    /// Called first of all at the next tick.
    mutating func collect() -> [ThreadSample] {
        if countsRunning { cpuAtWake = KernelClock.ownCPU() }
        defer { asked.removeAll(keepingCapacity: true) }
        return asked.map { collect($0) }
    }

    mutating func lateAnswers() -> [LateAnswer] {
        defer { late.removeAll(keepingCapacity: true) }
        return late
    }

    mutating func awaitAnswers() {
        let patience = KernelClock.now() + Self.lastAnswer
        while asked.contains(where: { !hasAnswered($0) }), KernelClock.now() < patience { machine_sleep(Self.moment) }
        if let signal { TickSignal.uninstall(signal) }
    }

    /// A program may take our signal for itself; then we take another, and say so.
    ///
    /// - Returns: the signal to send, which has to be sent at once: what the program installs in between gets it.
    private mutating func keptSignal() -> Int32? {
        guard let lost = signal, !TickSignal.isOurs(lost) else { return signal }
        signal = TickSignal.install()
        if let signal {
            log.append(
                .note(
                    code: "signal-changed",
                    text: "the program uses signal \(lost); sampling goes on with signal \(signal)"))
        } else {
            tellThatNoSignalIsFree()
        }
        return signal
    }

    private func tellThatNoSignalIsFree() {
        log.append(
            .note(
                code: "no-signal", text: "the program uses every signal that sampling could; running threads are missed"
            ))
    }

    /// A thread that stands still is spared the signal, which would cut a `pause` or a wait short.
    ///
    /// It waits, be it only for a processor, where its CPU clock stands. One that ran until a moment ago may be asked itself
    /// where a wait that has just begun can begin anew.
    ///
    /// - Parameter thread: gets its CPU time now: to ask many takes so long that it may have run meanwhile.
    private func standsStill(_ thread: inout ObservedThread) -> Bool {
        if let known = standing[thread.index], known.cpu == thread.cpu { return true }
        if let signal, TickSignal.spares(signal), wasBusy(thread) { return false }
        guard let cpu = KernelClock.cpu(ofThread: thread.id) else { return false }
        if cpu == thread.cpu { return true }
        // Of the two ways to look, the thread's own sees more; where it counts who runs, that decides.
        guard countsRunning else { return false }
        thread.cpu = cpu
        return KernelClock.cpu(ofThread: thread.id) == cpu
    }

    /// Whether it has run without a pause since it was asked last, but for a moment.
    private func wasBusy(_ thread: ObservedThread) -> Bool {
        Double(gap - thread.cpuSinceLastTick) < min(Self.idlePart * Double(gap), Self.idleMoment)
    }

    private mutating func interrupt(_ thread: ObservedThread, _ ticks: ClosedRange<UInt64>) -> Asked {
        standing[thread.index] = nil
        var asked = Asked(thread: thread, ticks: ticks, sample: sample(of: thread, .missed))
        asked.sample.isRunning = true
        guard let slot = context.slots[thread.slot] else { return asked }
        let request = slot.pointee.request + 1
        slot.pointee.wasBusy = wasBusy(thread)
        if !slot.pointee.wasBusy { slot.pointee.cpuAsked = KernelClock.cpu(ofThread: thread.id) ?? 0 }
        slot.pointee.listedState = listed.states[thread.id] ?? 0
        slot.pointee.askedAt = KernelClock.now()
        machine_store_release(&slot.pointee.request, request)
        guard let signal = keptSignal(), machine_signal_thread(context.process, thread.id, signal, slot) == 0 else {
            return asked
        }
        asked.request = request
        if unanswered[thread.index] != nil { asked.leaf = leaf(of: asked) }
        return asked
    }

    /// Walks a thread that stands still; where it has moved meanwhile, it is asked to look itself.
    private mutating func lookFromOutside(_ thread: ObservedThread, _ ticks: ClosedRange<UInt64>) -> Asked {
        if let known = standing[thread.index], known.cpu == thread.cpu {
            return Asked(thread: thread, ticks: ticks, sample: sample(of: thread, known))
        }
        guard let state = listed.states[thread.id],
            let seen = outside.stack(of: thread, state, hasOthers: listed.states.count > 1),
            KernelClock.cpu(ofThread: thread.id) == thread.cpu
        else { return interrupt(thread, ticks) }
        let stack = interning.intern(seen.frames, slot: thread.slot)
        let isRunnable = !countsRunning && kernel.isRunnable(thread.id)
        let known = Standing(
            cpu: thread.cpu, stack: stack, task: seen.task, holdsLock: seen.holdsLock, isRunnable: isRunnable)
        standing[thread.index] = known
        let sample = sample(of: thread, known)
        settle(thread, FrameLeaf.candidates(seen.frames), sample)
        return Asked(thread: thread, ticks: ticks, sample: sample)
    }

    /// Looks at a thread that runs and blocks the signal.
    private mutating func lookTwice(_ thread: ObservedThread, _ ticks: ClosedRange<UInt64>) -> Asked {
        standing[thread.index] = nil
        var asked = Asked(thread: thread, ticks: ticks, sample: sample(of: thread, .failed))
        asked.sample.isRunning = true
        guard let state = listed.states[thread.id], let seen = outside.stackSeenTwice(of: thread, state) else {
            return asked
        }
        asked.sample.outcome = .valid
        asked.sample.stack = interning.intern(seen.frames, slot: thread.slot)
        asked.sample.task = seen.task
        settle(thread, FrameLeaf.candidates(seen.frames), asked.sample)
        return asked
    }

    /// What a thread executes that owes us an answer; `nil` where it answers while we read, for then it has run on.
    private func leaf(of asked: Asked) -> FrameLeaf? {
        let leaf = listed.states[asked.thread.id].flatMap { outside.leaf(of: $0) }
        return hasAnswered(asked) ? nil : leaf
    }

    /// A thread that has run since the last tick and stands still now may wait, or have been put aside for us. The latter gets its
    /// processor back as soon as we sleep.
    private mutating func noteWhoResumes() {
        let doubtful = asked.indices.filter { asked[$0].request == nil && asked[$0].thread.cpuSinceLastTick > 0 }
        guard !doubtful.isEmpty else { return }
        let before = doubtful.map { kernel.times(of: asked[$0].thread.id) }
        let (taken, begin) = (KernelClock.ownCPU() - cpuAtWake, KernelClock.now())
        machine_sleep(Self.resumption)
        for (at, before) in zip(doubtful, before) {
            let thread = asked[at].thread
            if let before, let after = kernel.times(of: thread.id) {
                asked[at].sample.isRunning = after.showsPutAside(since: before, for: taken)
            } else {
                asked[at].sample.isRunning = hasRunOn(thread, since: begin)
            }
        }
    }

    /// Whether it has run for most of the time since we slept: all that can be told of one that was put aside where the kernel does
    /// not say how long it waited.
    private func hasRunOn(_ thread: ObservedThread, since begin: Int64) -> Bool {
        let ran = KernelClock.cpu(ofThread: thread.id).map { $0 - thread.cpu } ?? 0
        return ran > 0 && 2 * ran >= KernelClock.now() - begin
    }

    private func hasAnswered(_ asked: Asked) -> Bool {
        guard let request = asked.request, let slot = context.slots[asked.thread.slot] else { return true }
        return machine_load_acquire(&slot.pointee.answer) == request
    }

    private mutating func collect(_ asked: Asked) -> ThreadSample {
        guard asked.request != nil, let place = context.slots[asked.thread.slot] else { return asked.sample }
        let isInFlight = KernelClock.now() - askedAt < Self.flight
        let leaf = hasAnswered(asked) || isInFlight ? nil : leaf(of: asked)
        guard hasAnswered(asked) else {
            keepOpen(asked, isInFlight ? [] : [asked.leaf, leaf].compactMap { $0 })
            return asked.sample
        }
        // Not before it has answered: until then the handler may be writing.
        let slot = place.pointee
        let frames = slot.room.stack(depth: max(0, slot.depth))
        var sample = asked.sample
        sample.instant = slot.instant
        sample.outcome = slot.depth < 0 ? .failed : .valid
        outside.learn(from: frames)
        if slot.depth >= 0 {
            sample.stack = interning.intern(frames, slot: asked.thread.slot, copies: slot.room.copies)
            sample.task = outside.number(of: slot.task, slot: asked.thread.slot)
            sample.holdsLock = slot.holdsLock
        }
        settle(asked.thread, FrameLeaf.candidates(frames), sample)
        return sample
    }

    /// Its answer may still come, for as long as the thread is there.
    private mutating func keepOpen(_ asked: Asked, _ leaves: [FrameLeaf]) {
        unanswered[asked.thread.index, default: UnansweredTicks()].add(asked.ticks, leaves)
    }

    /// What a thread answers now, it answers to all that it was asked before.
    private mutating func settle(_ thread: ObservedThread, _ leaves: [FrameLeaf], _ sample: ThreadSample) {
        guard let open = unanswered.removeValue(forKey: thread.index) else { return }
        late += open.answers(with: sample, leaves: leaves)
    }

    private func sample(of thread: ObservedThread, _ standing: Standing) -> ThreadSample {
        var sample = sample(of: thread, .valid, stack: standing.stack)
        sample.isRunning = standing.isRunnable
        sample.task = standing.task
        sample.holdsLock = standing.holdsLock
        return sample
    }

    private func sample(of thread: ObservedThread, _ outcome: ThreadSample.Outcome, stack: UInt32 = 0) -> ThreadSample {
        ThreadSample(
            thread: thread.index, outcome: outcome, stack: stack, cpu: thread.cpuSinceLastTick,
            instant: KernelClock.now())
    }
}
