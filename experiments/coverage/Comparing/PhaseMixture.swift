import Capture
import Foundation

/// How the phases of a simulated program follow on each other; lengths in sampling intervals.
struct PhaseMixture: Sendable {
    let name: String
    /// Fewer than three functions have no others to alternate among.
    let functions: Int
    private let phases: @Sendable (_ length: Double, _ functions: Int, inout RandomSource) -> [Phase]

    struct Phase: Sendable {
        var end: Double
        var function: Int
    }

    /// What runs when in a program of so many intervals.
    func timeline(_ intervals: Int, using random: inout RandomSource) -> [Phase] {
        phases(Double(intervals), functions, &random)
    }

    static let all: [PhaseMixture] =
        [0.1, 0.3, 1, 3, 10, 50].map { even($0, 8) } + [even(1, 2), even(10, 2), even(3, 12)]
        + [anyLength, fastInSlow(among: 4), fastInSlow(among: 20), chance(2), chance(8), lockstep]
}

extension PhaseMixture {
    private static let fast = 0.1
    private static let slow = 50.0

    /// Phases of one mean length.
    private static func even(_ mean: Double, _ functions: Int) -> PhaseMixture {
        PhaseMixture(name: "phases of \(mean), \(functions) functions", functions: functions) {
            length, functions, random in
            var phases: [Phase] = []
            while (phases.last?.end ?? 0) < length { append(mean, random.skewed(functions), to: &phases, &random) }
            return phases
        }
    }

    /// Stretches, each with phases of a length of its own, from 0.1 to 50.
    private static let anyLength = PhaseMixture(name: "phases of 0.1 to 50, 8 functions", functions: 8) {
        length, functions, random in
        var phases: [Phase] = []
        while (phases.last?.end ?? 0) < length {
            let stop = (phases.last?.end ?? 0) + slow * random.spread()
            let mean = random.logUniform(fast, slow)
            while (phases.last?.end ?? 0) < stop { append(mean, random.skewed(functions), to: &phases, &random) }
        }
        return phases
    }

    /// Slow phases, in one of so many of which two functions alternate fast.
    private static func fastInSlow(among count: UInt64) -> PhaseMixture {
        PhaseMixture(name: "fast in one of \(count) slow phases, 8 functions", functions: 8) {
            length, functions, random in
            var phases: [Phase] = []
            while (phases.last?.end ?? 0) < length {
                guard random.next() % count == 0 else {
                    append(slow, 2 + random.skewed(functions - 2), to: &phases, &random)
                    continue
                }
                let stop = (phases.last?.end ?? 0) + slow * random.spread()
                while (phases.last?.end ?? 0) < stop {
                    append(fast, phases.last?.function == 0 ? 1 : 0, to: &phases, &random)
                }
            }
            return phases
        }
    }

    /// Phases so short that every tick is a draw of its own.
    private static func chance(_ functions: Int) -> PhaseMixture {
        PhaseMixture(name: "plain chance, \(functions) functions", functions: functions) { length, functions, random in
            var phases: [Phase] = []
            while (phases.last?.end ?? 0) < length { append(fast / 5, random.skewed(functions), to: &phases, &random) }
            return phases
        }
    }

    /// Three functions in turn, with a period that is no whole number of intervals and never drifts.
    private static let lockstep = PhaseMixture(name: "in turn every 3.7, 3 functions", functions: 3) {
        length, functions, _ in
        (1...Int(length / 3.7 * Double(functions)) + functions).map {
            Phase(end: Double($0) * 3.7 / Double(functions), function: $0 % functions)
        }
    }

    private static func append(_ mean: Double, _ function: Int, to phases: inout [Phase], _ random: inout RandomSource)
    {
        phases.append(Phase(end: (phases.last?.end ?? 0) + mean * random.spread(), function: function))
    }
}

extension RandomSource {
    /// Of mean 1.
    fileprivate mutating func spread() -> Double { 0.2 + 1.6 * uniform() }

    /// The first ones more often than the last.
    fileprivate mutating func skewed(_ count: Int) -> Int {
        let rank = uniform()
        return min(count - 1, Int(rank * rank * Double(count)))
    }

    fileprivate mutating func logUniform(_ low: Double, _ high: Double) -> Double { low * pow(high / low, uniform()) }
}
