import ProfileModel
import Statistics

/// A function that was slowed.
public struct CausalTarget: Sendable {
    public var function: Function
    public var calls: Int
    /// Elements that its spin compares at each call, by level.
    public var work: [Int]

    public init(_ function: Function, calls: Int, work: [Int]) {
        self.function = function
        self.calls = calls
        self.work = work
    }
}

/// One round's runs with one function at one level.
public struct CausalRun: Sendable, Equatable {
    /// Seconds of the unprofiled program from its first line to its end.
    public var wall: Double
    /// The same in CPU time, over all threads.
    public var cpu: Double
    /// By the design's name, the time that it gives the function by itself, as a part of the program's.
    public var parts: [String: Double]
    /// The most threads that a design saw.
    public var threads: Int

    public init(wall: Double, cpu: Double, parts: [String: Double], threads: Int = 1) {
        self.wall = wall
        self.cpu = cpu
        self.parts = parts
        self.threads = threads
    }
}

/// One round's runs.
public struct CausalRound: Sendable {
    /// By function, then by level, the program as it is first.
    public var runs: [[CausalRun]]

    public init(runs: [[CausalRun]]) { self.runs = runs }
}

/// Holds what designs say of a slowed function against what the unprofiled program gained.
public enum CausalCheck {
    /// The function's self time at common resolution as a part of the program's time, by the profile's clock.
    public static func part(of function: Function, in profile: Profile) -> Double {
        let common = CommonResolution(profile)
        let whole = profile.clock == .wall && profile.seconds > 0 ? profile.seconds * 1e9 : common.whole
        guard let key = FunctionKey(function), whole > 0 else { return 0 }
        return (common.functions[key] ?? 0) / whole
    }

    /// One finding a function, in the order given.
    ///
    /// - Parameters:
    ///   - rounds: each with every function, level and design.
    ///   - clock: whose time the designs tell; the program's gain is told by the same.
    public static func findings(
        _ targets: [CausalTarget], rounds: [CausalRound], designs: [String], clock: Clock
    ) -> (findings: [CausalFinding], caveats: [Caveat]) {
        let arms = targets.enumerated().map { index, target in
            CausalArm(target, rounds: rounds.map { $0.runs[index] }, clock: clock)
        }
        let tests = targets.count * designs.count * 2
        let findings = arms.map { $0.finding(designs, confidence: SimultaneousConfidence.bonferroni(tests)) }
        return (findings, caveats(arms, rounds: rounds.count))
    }

    private static func caveats(_ arms: [CausalArm], rounds: Int) -> [Caveat] {
        guard rounds >= Jackknife.fewestRounds else {
            return [
                Caveat(
                    code: "few-runs",
                    text:
                        "At least \(Jackknife.fewestRounds) rounds are needed to see whether designs follow a slowed function; there were \(rounds)."
                )
            ]
        }
        return [arms.lazy.compactMap(\.waiting).first].compactMap { $0 } + arms.compactMap(\.absorbed)
    }
}
