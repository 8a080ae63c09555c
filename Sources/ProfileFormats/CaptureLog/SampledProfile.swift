import Capture
import ProfileModel

/// Turns the ticks of a sampler's capture log into a profile.
struct SampledProfile {
    private(set) var profile: Profile
    private let run: CapturedRun
    private let start: Int64
    private let interval: Double
    private var symbols = SymbolInterning()
    private var lineTables: [UInt32: LineTable] = [:]
    private var instructions: [UInt32: Instructions] = [:]
    /// By the log's number of a stack.
    private var nodes: [UInt32: Node] = [0: Node(place: BlockStacks.Place())]
    private var threadPlaces: [UInt32: Int] = [:]
    /// Those that are no part of the block that was profiled.
    private var othersThreads: Set<UInt32> = []

    /// What a stack of the log comes to.
    private struct Node {
        var place: BlockStacks.Place
        var opcode: String?
    }

    /// - Parameter samples: whether they are wanted, or only the ledger.
    init(_ run: CapturedRun, _ design: String, _ clock: Clock, samples: Bool) {
        self.run = run
        start = run.start
        profile = run.profile(design, .sampling, clock)
        profile.schedule = run.facts["schedule"].flatMap(Schedule.init)
        profile.rate = run.facts["rate"].flatMap(Double.init)
        profile.instantsAreOwn = design != "gil"
        interval = 1e9 / max(profile.rate ?? 1000, 1e-9)
        addThreads()
        if samples { addStacks() }
        addTicks(wholeTicks(), samples: samples)
        profile.functions = symbols.functions
        profile.locations = symbols.locations
    }

    private mutating func addThreads() {
        let block = BlockThreads(run.facts)
        for thread in run.threads.values.sorted(by: { $0.index < $1.index }) {
            guard block.contains(thread.id) else {
                othersThreads.insert(thread.index)
                continue
            }
            threadPlaces[thread.index] = profile.threads.count
            let life = profile.clock == .wall ? thread.end - thread.begin : thread.cpu
            profile.threads.append(ThreadLife(id: Int64(thread.id), name: run.name(ofThread: thread.id), nanoseconds: max(0, life)))
        }
    }

    private mutating func addStacks() {
        let block = BlockStacks(run.facts)
        for stack in run.stacks {
            guard let caller = nodes[stack.parent]?.place else { continue }
            let function = run.function(stack.code)
            let place = block.place(of: function, from: caller) { base in
                profile.stacks.push(symbols.intern(function, line: line(of: stack)), onto: base)
            }
            nodes[stack.id] = Node(place: place, opcode: opcode(of: stack))
        }
    }

    private mutating func opcode(of stack: StackRecord) -> String? {
        guard let code = run.codes[stack.code], code.language == .python else { return nil }
        let known = instructions[stack.code] ?? Instructions(code.instructions, python: profile.python)
        instructions[stack.code] = known
        return known.name(at: Int(stack.instruction))
    }

    private mutating func line(of stack: StackRecord) -> Int {
        guard let code = run.codes[stack.code], code.language == .python else { return 0 }
        let table = lineTables[stack.code] ?? LineTable(
            code.lineTable, firstLine: Int(code.firstLine), jumps: Jumps(code.instructions, python: profile.python))
        lineTables[stack.code] = table
        return table.line(ofInstruction: Int(stack.instruction))
    }

    /// A last interval that the program did not live to the end of is no part of the schedule.
    private func wholeTicks() -> ArraySlice<TickRecord> {
        let duration = Double(run.lastInstant - start)
        guard profile.schedule != .poisson else { return run.ticks[...] }
        return run.ticks.prefix { Double($0.number + 1) * interval <= duration }
    }

    private mutating func addTicks(_ ticks: ArraySlice<TickRecord>, samples: Bool) {
        var ledger = LedgerKeeping(interval: interval)
        if samples { profile.samples.reserveCapacity(ticks.count) }
        for var tick in ticks {
            if !othersThreads.isEmpty { tick.threads.removeAll { othersThreads.contains($0.thread) } }
            ledger.enter(tick)
            for sample in tick.threads where samples && sample.outcome == .valid { add(sample, of: tick) }
        }
        profile.ledger = ledger.ledger
        if profile.clock == .wall { shareOutWallTime() }
    }

    private mutating func add(_ sample: ThreadSample, of tick: TickRecord) {
        guard let thread = threadPlaces[sample.thread], let node = nodes[sample.stack] else { return }
        profile.samples.append(
            Sample(
                stack: node.place.stack, thread: thread, tick: Int(tick.number), instant: sample.instant - start, count: 1,
                nanoseconds: max(0, sample.cpu), isProbe: tick.isProbe, opcode: node.opcode))
    }

    /// On the wall clock every sample stands for an equal part of the threads' lives.
    private mutating func shareOutWallTime() {
        guard !profile.samples.isEmpty else { return }
        let part = profile.threadTime / Int64(profile.samples.count)
        for at in profile.samples.indices { profile.samples[at].nanoseconds = part }
    }
}
