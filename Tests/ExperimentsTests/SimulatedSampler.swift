import Analysis
import Measuring
import ProfileModel

@testable import Experiments

/// A sampler whose every look is drawn from the truth, and the faults that can be planted in it.
struct SimulatedSampler {
    enum Fault {
        case none
        /// The first function gets so much of the share of the second.
        case shifted(Double)
        /// So much of the stacks have a frame that cannot be there.
        case impossibleStacks(Double)
        /// So much of all looks are never made, or of those at the first function alone.
        case lost(Double)
        case lostOfFirst(Double)
        /// Every line is taken for the one below it.
        case linesOffByOne
    }

    var fault = Fault.none
    private var random: SplitMix

    init(_ fault: Fault = .none, seed: UInt64) { (self.fault, random) = (fault, SplitMix(state: seed)) }

    static let rate = 1000.0

    /// A run of a program of about so many seconds, whose shares differ a little from run to run.
    mutating func run(_ program: BatteryProgram, _ shares: [String: Double], seconds: Double, round: Int) -> JudgedRun {
        var truth = Truth(shares: varied(shares), within: "main", seconds: seconds)
        if program.asks.contains(.lines) { truth.lines = truth.shares }
        if program.asks.contains(.stacks) { truth.calls = Self.graph }
        var run = JudgedRun(round: round, seconds: seconds, cpuSeconds: seconds, truth: truth)
        run.read(profile(of: truth, seconds: seconds), script: "program.py")
        return run
    }

    /// The same without a tool.
    mutating func control(_ shares: [String: Double], seconds: Double, round: Int) -> JudgedRun {
        let truth = Truth(shares: varied(shares), within: "main", seconds: seconds)
        return JudgedRun(round: round, seconds: seconds, cpuSeconds: seconds, truth: truth)
    }

    /// One caller and one place for each function.
    static let graph = CallGraph(functions: [
        "main": .init(lines: [1, 90], caller: "<module>", from: [99, 99]),
        "f": .init(lines: [100, 110], caller: "main", from: [10, 10]),
        "g": .init(lines: [120, 130], caller: "f", from: [105, 105]),
    ])

    /// By a factor of up to 5 %.
    private mutating func varied(_ shares: [String: Double]) -> [String: Double] {
        // In an order of their own, for a dictionary's is another in each process.
        let names = shares.keys.sorted()
        let factors = names.map { _ in Double.random(in: 0.95...1.05, using: &random) }
        let varied = Dictionary(uniqueKeysWithValues: zip(names, factors)).merging(shares) { $0 * $1 }
        let sum = max(1, varied.values.reduce(0, +))
        return varied.mapValues { $0 / sum }
    }

    private mutating func profile(of truth: Truth, seconds: Double) -> Profile {
        var made = SimulatedProfile(seconds: seconds)
        let places = truth.lines ?? truth.shares
        let names = places.keys.sorted()
        for tick in 0..<Int(seconds * Self.rate) {
            let name = drawn(names, places)
            if !isLost(name == names.first) { made.tick(tick, frames(truth, name)) }
        }
        return made.profile
    }

    private mutating func isLost(_ isFirst: Bool) -> Bool {
        switch fault {
        case .lost(let part): Double.random(in: 0..<1, using: &random) < part
        case .lostOfFirst(let part): isFirst && Double.random(in: 0..<1, using: &random) < part
        default: false
        }
    }

    private mutating func frames(_ truth: Truth, _ name: String) -> [(String, Int)] {
        if truth.calls != nil { return stack() }
        if truth.lines != nil { return [("<module>", 99), ("main", line(name))] }
        return [("<module>", 99), ("main", 10), (name, 100)]
    }

    private mutating func drawn(_ names: [String], _ shares: [String: Double]) -> String {
        var rest = Double.random(in: 0..<1, using: &random)
        for (place, name) in names.enumerated() {
            var share = shares[name] ?? 0
            if case .shifted(let part) = fault { share += place == 0 ? part : place == 1 ? -part : 0 }
            if rest < share { return name }
            rest -= share
        }
        return "9"
    }

    private func line(_ name: String) -> Int {
        let line = Int(name) ?? 9
        if case .linesOffByOne = fault { return line + 1 }
        return line
    }

    private mutating func stack() -> [(String, Int)] {
        if case .impossibleStacks(let part) = fault, Double.random(in: 0..<1, using: &random) < part {
            return [("<module>", 99), ("main", 10), ("g", 121)]
        }
        return [("<module>", 99), ("main", 10), ("f", 105), ("g", 121)]
    }
}

/// A profile of ticks, as the default design would give it.
struct SimulatedProfile {
    private(set) var profile = Profile(design: "signal", kind: .sampling)
    private var symbols = SymbolInterning()
    private var known: [String: StackID] = [:]

    init(seconds: Double) {
        (profile.schedule, profile.rate) = (.jittered, 1000)
        profile.threads = [ThreadLife(id: 1, name: "MainThread", nanoseconds: Int64(seconds * 1e9))]
    }

    /// - Parameter frames: names and lines, root first.
    mutating func tick(_ number: Int, _ frames: [(String, Int)]) {
        let key = frames.map { "\($0.0):\($0.1)" }.joined(separator: ";")
        profile.samples.append(
            Sample(
                stack: known[key] ?? stack(frames, key), thread: 0, tick: number, instant: Int64(number) * 1_000_000,
                count: 1, nanoseconds: 1_000_000))
    }

    private mutating func stack(_ frames: [(String, Int)], _ key: String) -> StackID {
        let locations = frames.map { name, line in
            symbols.intern(Function(name: name, qualname: name, file: "/x/program.py", line: 1), line: line)
        }
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        let stack = profile.stacks.intern(rootFirst: locations)
        known[key] = stack
        return stack
    }
}

/// SplitMix64, so that each trial can be had again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
