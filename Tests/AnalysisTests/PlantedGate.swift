import Foundation
import Statistics

@testable import Analysis

/// Rounds of a gate with a known truth: `main` calls functions of equal length, on a machine whose speed varies from run to run
/// and from round to round, under a sampler.
struct PlantedGate {
    var functions = 12
    /// Seconds of the version before.
    var seconds = 2.0
    /// What the new version takes longer, as a part of the whole: all of it, and the first function.
    var slowdown = 0.0
    var inOneFunction = 0.0
    /// Relative standard deviations of the machine's speed.
    var noiseOfRounds = 0.03
    var noiseOfRuns = 0.01
    var random: SplitMix

    init(seed: UInt64) { random = SplitMix(state: seed) }

    static func function(_ number: Int) -> MatchedFunction { MatchedFunction(file: "p.py", qualname: "f\(number)") }
    static let main = MatchedFunction(file: "p.py", qualname: "main")

    mutating func round() -> GateRound {
        let machine = 1 + noiseOfRounds * normal()
        return GateRound(
            before: run(machine, isNew: false), after: run(machine, isNew: true), again: run(machine, isNew: false))
    }

    private mutating func run(_ machine: Double, isNew: Bool) -> GateRun {
        let speed = machine * (1 + noiseOfRuns * normal()) * (isNew ? 1 + slowdown : 1)
        let share = 1 / Double(functions)
        var times: [MatchedFunction: GateRun.Times] = [:]
        var calls: Set<GateRun.Call> = []
        let whole = (seconds + (isNew ? seconds * inOneFunction : 0)) * speed
        for number in 0..<functions {
            let added = isNew && number == 0 ? seconds * inOneFunction : 0
            let own = (seconds * share + added) * speed
            // A tick a millisecond sees it or not.
            let seen = max(0, own + (own * (1 - own / whole) * 0.001).squareRoot() * normal())
            times[Self.function(number)] = .init(own: seen, total: seen)
            calls.insert(.init(Self.main, Self.function(number)))
        }
        times[Self.main] = .init(own: 0, total: whole)
        return GateRun(seconds: whole, functions: times, calls: calls, own: [Self.main: 1, Self.function(0): 3])
    }

    /// Box and Muller's.
    private mutating func normal() -> Double {
        let radius = (-2 * log(Double.random(in: 0x1p-53..<1, using: &random))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
    }

    /// All rounds of one gate, to its verdict.
    mutating func verdict(rounds most: Int, _ limits: GateLimits) -> GateSequence.Look? {
        guard let plan = LookPlan(most: most) else { return nil }
        var sequence = GateSequence(plan, limits: limits)
        var last: GateSequence.Look?
        for number in 1...most {
            guard let look = sequence.add(round(), isLast: number == most) else { continue }
            last = look
            if look.verdict != .undecided { break }
        }
        return last
    }
}
