import Capture
import ProfileModel

/// Turns the call trees of a tracer's capture log into a profile: one sample a node.
struct TracedProfile {
    private(set) var profile: Profile
    /// By thread of the log, in the order of the profile's threads: the stack of each node, by its number.
    private(set) var stacks: [(thread: UInt32, ofNode: [UInt32: StackID])] = []
    private let run: CapturedRun
    private var symbols = SymbolInterning()

    init(_ run: CapturedRun, _ design: String, _ clock: Clock) {
        self.run = run
        profile = run.profile(design, .tracing, clock)
        let block = BlockThreads(run.facts)
        for thread in Set(run.callCounts.keys).union(run.callNodes.keys).sorted()
        where block.contains(run.threads[thread]?.id) { add(thread) }
        profile.functions = symbols.functions
        profile.locations = symbols.locations
    }

    private mutating func add(_ thread: UInt32) {
        let counts = run.callCounts[thread] ?? [:]
        let index = profile.threads.count
        let block = BlockStacks(run.facts)
        let scale = run.nanosecondsPerTick
        var life: Int64 = 0
        var places: [UInt32: BlockStacks.Place] = [0: BlockStacks.Place()]
        var callers: [UInt32: BlockStacks.Place] = [:]
        func addSample(_ node: UInt32, _ stack: StackID, isCall: Bool = true) {
            guard let count = counts[node], count.calls > 0 || count.selfTicks > 0 else { return }
            let time = Int64((Double(count.selfTicks) * scale).rounded())
            life += time
            profile.samples.append(
                Sample(stack: stack, thread: index, count: isCall ? Int64(count.calls) : 0, nanoseconds: time))
        }
        addSample(0, .empty)
        for node in run.callNodes[thread] ?? [] {
            // A line stands on a stack in its function's place.
            guard let caller = node.line == 0 ? places[node.parent] : callers[node.parent] else { continue }
            let function = run.function(node.code)
            let place = block.place(of: function, from: caller) { base in
                profile.stacks.push(symbols.intern(function, line: Int(node.line)), onto: base)
            }
            callers[node.id] = caller
            places[node.id] = place
            addSample(node.id, place.stack, isCall: !block.isPackages(function))
        }
        stacks.append((thread, places.mapValues(\.stack)))
        let id = run.threads[thread]?.id ?? 0
        profile.threads.append(ThreadLife(id: Int64(id), name: run.name(ofThread: id), nanoseconds: life))
    }
}
