import Capture
import ProfileModel

/// Builds the profiles of jittered runs of a simulated program.
struct SimulatedRun {
    private var empty: Profile
    private var stacks: [StackID] = []
    /// In nanoseconds.
    private static let interval: Int64 = 1_000_000

    init(functions: Int) {
        var symbols = SymbolInterning()
        empty = Profile(design: "signal", kind: .sampling)
        empty.schedule = .jittered
        empty.rate = 1000
        let locations = (0..<functions).map { function in
            symbols.intern(
                Function(name: "f\(function)", qualname: "f\(function)", file: "program.py", line: 1 + function),
                line: 0)
        }
        empty.functions = symbols.functions
        empty.locations = symbols.locations
        stacks = locations.map { empty.stacks.intern(rootFirst: [$0]) }
    }

    /// One tick at a random instant of every interval.
    func profile(of timeline: [PhaseMixture.Phase], ticks: Int, using random: inout RandomSource) -> Profile {
        var profile = empty
        let length = Int64(ticks) * Self.interval
        profile.threads = [ThreadLife(id: 1, name: "main", nanoseconds: length)]
        var phase = 0
        profile.samples = (0..<ticks).map { tick in
            let instant = Double(tick) + random.uniform()
            while phase + 1 < timeline.count, timeline[phase].end <= instant { phase += 1 }
            return Sample(
                stack: stacks[timeline[phase].function], thread: 0, tick: tick,
                instant: Int64(instant * Double(Self.interval)), count: 1,
                nanoseconds: Self.interval)
        }
        profile.ledger = ledger(ticks)
        return profile
    }

    private func ledger(_ ticks: Int) -> Ledger {
        var ledger = Ledger()
        ledger.due = ticks
        ledger.taken = ticks
        return ledger
    }
}
