import CMachine
import Capture
import Glibc

/// The design `signal`: a clock thread that never takes the GIL has each running thread interrupt
/// itself and walk its own frames. A thread that stands still is walked from outside, once.
struct SignalDesign: SamplingDesign {
    private struct Asked {
        var thread: ObservedThread
        /// The request in its slot; `nil` for a thread that was looked at from outside.
        var request: UInt64?
        var sample: ThreadSample
    }

    /// The stack of a thread that stands still, and the CPU time that proves it.
    private struct Standing {
        var cpu: Int64
        var stack: UInt32
    }

    private let context: HandlerContext
    private let list: ThreadList
    private let log: LogWriter
    private var interning: StackInterning
    private var signal: Int32?
    private var asked: [Asked] = []
    private var standing: [UInt32: Standing] = [:]
    private var states: [Int32: UInt] = [:]
    /// When threads were last asked, and how long before that, in nanoseconds.
    private var askedAt = KernelClock.now()
    private var gap: Int64 = 0
    private let scratch = StackRoom.allocate()

    /// How long a running thread takes to answer at most, be its stack deep, unless the machine is busy; and how
    /// long to wait for the last answer, behind which there is no other tick. In nanoseconds since it was asked.
    private static let usualAnswer: Int64 = 250_000
    private static let lastAnswer: Int64 = 2_000_000
    /// How long to wait in any case, in nanoseconds.
    private static let lastChance: Int64 = 50_000
    /// How long it takes from another processor.
    private static let promptAnswer: Int64 = 20_000
    /// The part of a gap that a thread has to run for to be taken to be running still.
    private static let busyPart = 0.97

    /// - Parameter looks: whether the handler walks; without, only what interrupting costs is left.
    init?(list: ThreadList, walk: FrameWalk, log: LogWriter, looks: Bool) {
        guard let slots = TickSignal.slots ?? SampleSlots() else { return nil }
        context = HandlerContext(walk: walk, slots: slots, process: getpid(), looks: looks)
        self.list = list
        self.log = log
        let naming = CodeNaming(walk: walk)
        interning = StackInterning(log: log, name: naming.record)
        TickSignal.prepare(context)
        signal = TickSignal.install()
        if signal == nil { tellThatNoSignalIsFree() }
    }

    mutating func threads() -> [Int32] {
        let present = list.threads()
        states = Dictionary(uniqueKeysWithValues: present.map { ($0.id, $0.state) })
        return present.map { $0.id }
    }

    mutating func ask(_ threads: [ObservedThread]) {
        let now = KernelClock.now()
        gap = now - askedAt
        askedAt = now
        asked = threads.map { thread in
            standsStill(thread) ? lookFromOutside(thread) : interrupt(thread)
        }
    }

    mutating func collect() -> [ThreadSample] {
        defer { asked.removeAll(keepingCapacity: true) }
        awaitAnswers(for: Self.usualAnswer)
        return asked.map { answer(to: $0) }
    }

    mutating func awaitAnswers() {
        awaitAnswers(for: Self.lastAnswer)
        if let signal { TickSignal.uninstall(signal) }
    }

    /// Most have answered long since. One that has not may be waiting for the very processor that we are on.
    private func awaitAnswers(for nanoseconds: Int64) {
        let began = KernelClock.now()
        let patience = max(askedAt + nanoseconds, began + Self.lastChance)
        let promptly = began + Self.promptAnswer
        while asked.contains(where: { !hasAnswered($0) }) {
            let now = KernelClock.now()
            if now >= patience { return }
            if now < promptly { machine_pause() } else { machine_sleep(Self.promptAnswer) }
        }
    }

    /// A program may take our signal for itself; then we take another, and say so.
    ///
    /// - Returns: the signal to send, which has to be sent at once: what the program installs in between gets it.
    private mutating func keptSignal() -> Int32? {
        guard let lost = signal, !TickSignal.isOurs(lost) else { return signal }
        signal = TickSignal.install()
        if let signal {
            log.append(.note(code: "signal-changed", text: "the program uses signal \(lost); sampling goes on with signal \(signal)"))
        } else {
            tellThatNoSignalIsFree()
        }
        return signal
    }

    private func tellThatNoSignalIsFree() {
        log.append(.note(code: "no-signal", text: "the program uses every signal that sampling could; running threads are missed"))
    }

    /// A thread that stands still is spared the signal, which would cut a `pause` or a wait short.
    ///
    /// One that ran for all but a little of the time since the last tick is taken to be running; another
    /// waits, be it only for a processor, where its CPU clock stands.
    private func standsStill(_ thread: ObservedThread) -> Bool {
        if let known = standing[thread.index], known.cpu == thread.cpu { return true }
        return Double(thread.cpuSinceLastTick) < Self.busyPart * Double(gap) && KernelClock.cpu(ofThread: thread.id) == thread.cpu
    }

    private mutating func interrupt(_ thread: ObservedThread) -> Asked {
        standing[thread.index] = nil
        var asked = Asked(thread: thread, request: nil, sample: sample(of: thread, .missed))
        guard let slot = context.slots.slots.baseAddress.map({ $0 + thread.slot }) else { return asked }
        let request = slot.pointee.request + 1
        machine_store_release(&slot.pointee.request, request)
        guard let signal = keptSignal(), machine_signal_thread(context.process, thread.id, signal, slot) == 0 else { return asked }
        asked.request = request
        return asked
    }

    /// Walks a thread that stands still; where it has moved meanwhile, it is asked to look itself.
    private mutating func lookFromOutside(_ thread: ObservedThread) -> Asked {
        if let known = standing[thread.index], known.cpu == thread.cpu {
            return Asked(thread: thread, request: nil, sample: sample(of: thread, .valid, stack: known.stack))
        }
        guard let state = states[thread.id] else { return interrupt(thread) }
        let depth = context.walk.walk(threadState: state, isOwn: false, stack: CStack(), into: scratch)
        guard depth >= 0, KernelClock.cpu(ofThread: thread.id) == thread.cpu else { return interrupt(thread) }
        let stack = interning.intern(scratch.stack(depth: depth), slot: thread.slot)
        standing[thread.index] = Standing(cpu: thread.cpu, stack: stack)
        return Asked(thread: thread, request: nil, sample: sample(of: thread, .valid, stack: stack))
    }

    private func hasAnswered(_ asked: Asked) -> Bool {
        guard let request = asked.request, let slot = context.slots.slots.baseAddress.map({ $0 + asked.thread.slot }) else { return true }
        return machine_load_acquire(&slot.pointee.answer) == request
    }

    private mutating func answer(to asked: Asked) -> ThreadSample {
        guard asked.request != nil, hasAnswered(asked) else { return asked.sample }
        let slot = context.slots.slots[asked.thread.slot]
        var sample = asked.sample
        sample.instant = slot.instant
        sample.outcome = slot.depth < 0 ? .failed : .valid
        if slot.depth >= 0 {
            sample.stack = interning.intern(slot.room.stack(depth: slot.depth), slot: asked.thread.slot)
        }
        return sample
    }

    private func sample(of thread: ObservedThread, _ outcome: ThreadSample.Outcome, stack: UInt32 = 0) -> ThreadSample {
        ThreadSample(thread: thread.index, outcome: outcome, stack: stack, cpu: thread.cpuSinceLastTick, instant: KernelClock.now())
    }
}
