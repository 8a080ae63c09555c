import Capture
import ProfileModel

/// The records of one capture log, sorted by kind.
struct CapturedRun {
    var facts: [String: String] = [:]
    var codes: [UInt32: CodeRecord] = [:]
    var stacks: [StackRecord] = []
    /// By the log's number of a name.
    var tasks: [UInt32: String] = [:]
    var ticks: [TickRecord] = []
    var threads: [UInt32: ThreadRecord] = [:]
    var callNodes: [UInt32: [CallNodeRecord]] = [:]
    /// By thread, then by node.
    var callCounts: [UInt32: [UInt32: CallCount]] = [:]
    var clocks: [ClockPair] = []
    /// The first and the last of what the kernel said of the process.
    var accounts: (first: AccountRecord, last: AccountRecord)?
    var caveats: [Caveat] = []
    var end: Int64?

    mutating func add(_ record: LogRecord) {
        switch record {
        case .fact(let key, let value): facts[key] = value
        case .code(let code): codes[code.id] = code
        case .stack(let stack): stacks.append(stack)
        case .tick(let tick): add(tick)
        case .answer(let answer): take(answer)
        case .thread(let thread): threads[thread.index] = thread
        case .callNode(let node): callNodes[node.thread, default: []].append(node)
        case .callCounts(let thread, let counts):
            for count in counts { callCounts[thread, default: [:]][count.node] = count }
        case .callEvents: break
        case .clock(let pair): clocks.append(pair)
        case .account(let account): accounts = (accounts?.first ?? account, account)
        case .task(let number, let name): tasks[number] = name
        case .note(let code, let text): caveats.append(Caveat(code: code, text: text))
        case .end(let instant): end = instant
        }
    }

    /// Every tick is written down once, in order; those that found no room in the log are missed.
    private mutating func add(_ tick: TickRecord) {
        if tick.number > UInt64(ticks.count), tick.number - UInt64(ticks.count) < Self.mostMissing - missing {
            missing += tick.number - UInt64(ticks.count)
            for number in UInt64(ticks.count)..<tick.number {
                ticks.append(TickRecord(number: number, due: tick.due, taken: 0, isProbe: false, threads: []))
            }
        }
        ticks.append(tick)
    }

    private var missing: UInt64 = 0
    /// More are not of this log, and each takes memory.
    private static let mostMissing: UInt64 = 10_000_000

    /// Puts a late answer where the tick says that the thread was missed.
    private mutating func take(_ answer: LateAnswer) {
        guard let at = Int(exactly: answer.tick), ticks.indices.contains(at), ticks[at].number == answer.tick,
            let thread = ticks[at].threads.firstIndex(where: { $0.thread == answer.thread && $0.outcome == .missed })
        else { return }
        ticks[at].threads[thread].outcome = answer.outcome
        ticks[at].threads[thread].stack = answer.stack
        ticks[at].threads[thread].instant = answer.instant
        ticks[at].threads[thread].task = answer.task
        ticks[at].threads[thread].holdsLock = answer.holdsLock
    }

    /// Whether a sampler wrote it. Logs of older builds do not say; but only samplers have a schedule.
    var isSampled: Bool { facts["kind"].map { $0 == Kind.sampling.rawValue } ?? (facts["schedule"] != nil) }

    /// Whether the sampler chose its instants itself. Logs of older builds do not say, but name their design.
    var instantsAreOwn: Bool {
        facts["instants"].map { $0 != "program" } ?? facts["design"].flatMap(Design.init)?.facts.instantsAreOwn ?? true
    }

    /// Of a tracer: nanoseconds a tick of its clock, from the first and the last time that both clocks were read together.
    var nanosecondsPerTick: Double {
        guard facts["clock"] != Clock.cpu.rawValue, let first = clocks.first, let last = clocks.last,
            last.ticks > first.ticks,
            last.nanoseconds >= first.nanoseconds
        else { return 1 }
        return Double(last.nanoseconds - first.nanoseconds) / Double(last.ticks - first.ticks)
    }

    /// When the run began, in nanoseconds on the monotonic clock.
    var start: Int64 { facts["start"].flatMap { Int64($0) } ?? 0 }

    /// When it ended: where nobody wrote that down, the last that was heard of it.
    var lastInstant: Int64 {
        if let end { return end }
        let heard = [
            ticks.last.map { start + max($0.taken, $0.due) }, clocks.last?.nanoseconds, threads.values.map(\.end).max(),
        ]
        return heard.compactMap { $0 }.max() ?? start
    }

    /// The kernel's number of the process is that of its main thread.
    func name(ofThread id: Int32) -> String { facts["process"] == String(id) ? "main thread" : "thread \(id)" }

    /// The program's words, where a block within it was profiled; `swprof run` knows them itself.
    var program: [String] {
        facts["program"]?.split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init) ?? []
    }

    /// A profile that has what all designs write.
    func profile(_ design: String, _ kind: Kind, _ clock: Clock) -> Profile {
        var profile = Profile(design: design, kind: kind, clock: clock)
        profile.python = facts["python"] ?? ""
        profile.program = program
        profile.seconds = Double(max(0, lastInstant - start)) / 1e9
        profile.caveats = caveats
        profile.account = account(kind)
        profile.processes = [process(profile)].compactMap { $0 }
        if end == nil { profile.caveats.append(abruptEnd) }
        return profile
    }

    private var abruptEnd: Caveat {
        let isFull = caveats.contains { $0.code == "log-full" }
        let why =
            isFull ? "" : facts["parent"] == nil ? " (os._exit, exec or a signal)" : " (exec, a signal, or it runs on)"
        return Caveat(
            code: "ended-abruptly", text: "the capture log was not closed\(why); all that was written before counts")
    }

    /// What the kernel said of the process between the first and the last time that it was asked.
    private func account(_ kind: Kind) -> ProcessAccount? {
        guard let (first, last) = accounts else { return nil }
        var account = ProcessAccount(start: start, end: lastInstant, isClosed: end != nil)
        account.cpuSeconds = Self.seconds(last.cpu - first.cpu - (last.ownCPU - first.ownCPU))
        account.cpuSecondsToTheEnd = Self.seconds(last.cpu + last.childrenCPU)
        account.childCPUSeconds = Self.seconds(last.childrenCPU - first.childrenCPU)
        account.childProcesses = Int(clamping: max(last.children, last.childrenCPU > first.childrenCPU ? 1 : 0))
        account.otherThreads = Int(clamping: last.others)
        account.otherCPUSeconds = Self.seconds(last.othersCPU)
        // A tracer times calls, not threads.
        if kind == .sampling {
            let told = threads.values.reduce(cpuBetweenLooks) { $0 + max(0, $1.cpu) }
            account.followedCPUSeconds = Self.seconds(untoldLives.values.reduce(told) { $0 + $1.cpu })
        }
        return account
    }

    private static func seconds(_ nanoseconds: Int64) -> Double { Double(max(0, nanoseconds)) / 1e9 }

    /// The task of a number; a log that tells no name of it has lost that.
    func task(_ number: UInt32) -> RunningTask? {
        number == TaskNames.none ? nil : tasks[number].map { .named($0) } ?? .unknown
    }

    /// The function that a code record of this number names.
    func function(_ id: UInt32) -> Function { Function(codes[id]) }
}
