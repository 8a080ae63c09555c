import Capture
import ProfileModel

/// Turns the call trees of a tracer's capture log into a profile: one sample a node.
struct TracedProfile {
    private(set) var profile: Profile
    private let run: CapturedRun
    private var symbols = SymbolInterning()

    init(_ run: CapturedRun, _ design: String, _ clock: Clock) {
        self.run = run
        profile = run.profile(design, .tracing, clock)
        for thread in Set(run.callCounts.keys).union(run.callNodes.keys).sorted() { add(thread) }
        profile.functions = symbols.functions
        profile.locations = symbols.locations
    }

    /// Nanoseconds a tick, from the first and the last time that both clocks were read together.
    private var nanosecondsPerTick: Double {
        guard profile.clock == .wall, let first = run.clocks.first, let last = run.clocks.last, last.ticks > first.ticks else { return 1 }
        return Double(last.nanoseconds - first.nanoseconds) / Double(last.ticks - first.ticks)
    }

    private mutating func add(_ thread: UInt32) {
        let counts = run.callCounts[thread] ?? [:]
        let place = profile.threads.count
        let scale = nanosecondsPerTick
        var life: Int64 = 0
        var stacks: [UInt32: StackID] = [0: .empty]
        var callers: [UInt32: StackID] = [:]
        func addSample(_ node: UInt32, _ stack: StackID) {
            guard let count = counts[node], count.calls > 0 || count.selfTicks > 0 else { return }
            let time = Int64((Double(count.selfTicks) * scale).rounded())
            life += time
            profile.samples.append(Sample(stack: stack, thread: place, count: Int64(count.calls), nanoseconds: time))
        }
        addSample(0, .empty)
        for node in run.callNodes[thread] ?? [] {
            // A line stands on a stack in its function's place.
            guard let parent = node.line == 0 ? stacks[node.parent] : callers[node.parent] else { continue }
            let stack = profile.stacks.push(symbols.intern(run.function(node.code), line: Int(node.line)), onto: parent)
            callers[node.id] = parent
            stacks[node.id] = stack
            addSample(node.id, stack)
        }
        let id = run.threads[thread]?.id ?? 0
        profile.threads.append(ThreadLife(id: Int64(id), name: run.name(ofThread: id), nanoseconds: life))
    }
}
