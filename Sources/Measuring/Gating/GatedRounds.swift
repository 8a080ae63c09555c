import Analysis
import Capture
import ProfileModel
import Running
import Statistics

/// The rounds of a gate: each runs the version before twice and the one after once, in random order and under the same
/// conditions, until a look decides or the budget is spent.
struct GatedRounds {
    /// Runs an arm and waits for its end.
    typealias Start = (Arm, Conditions) async throws(RunningError) -> ProfiledOutcome

    /// What came of it.
    struct Outcome {
        var look: GateSequence.Look?
        /// Without their profiles.
        var rounds: [Round<ProfiledOutcome>]
        var seconds: Double
        /// The interpreter's version, by arm.
        var pythons: [GateArm: String]
    }

    private let settings: GateSettings
    private let before: GateVersion
    private let after: GateVersion
    private let start: Start
    /// Seconds on any clock.
    private let now: () -> Double
    private let progress = Progress()

    /// Fewer samples a run say nothing of functions.
    static let fewestSamples = 50

    init(
        _ settings: GateSettings, before: GateVersion, after: GateVersion, now: @escaping () -> Double,
        start: @escaping Start
    ) {
        (self.settings, self.before, self.after) = (settings, before, after)
        (self.now, self.start) = (now, start)
    }

    func run() async throws(RunningError) -> Outcome {
        defer { progress.clear() }
        let began = now()
        var random = RandomSource(seed: settings.seed)
        try await warmUp(&random)
        // Of three runs; a round that is measured says it better, for the first runs fill caches.
        _ = try plan(roundSeconds: (now() - began) * 1.5, left: settings.budget - (now() - began))
        var rounds: [Round<ProfiledOutcome>] = []
        var sequence: GateSequence?
        while true {
            let roundBegan = now()
            let round = try await self.round(rounds.count + 1, of: sequence?.plan.most, &random)
            rounds.append(round.withoutProfiles)
            let (took, elapsed) = (now() - roundBegan, now() - began)
            var gate: GateSequence
            if let sequence { gate = sequence } else { gate = try planned(took, left: settings.budget - elapsed) }
            let isLast = rounds.count >= gate.plan.most || elapsed + took > settings.budget
            let look = gate.add(try numbers(of: round), isLast: isLast)
            sequence = gate
            if isLast || look.map({ $0.verdict != .undecided }) == true {
                return Outcome(look: look, rounds: rounds, seconds: now() - began, pythons: round.pythons)
            }
        }
    }

    // MARK: Before the first round

    /// Runs both versions once, so that caches are full, and what cannot be measured is said at once.
    private func warmUp(_ random: inout RandomSource) async throws(RunningError) {
        for arm in [GateArm.before, .after] {
            progress.show("first run of \(version(arm).name)")
            let outcome = try await start(arm.arm(profiling), .random(using: &random))
            try check(outcome, of: arm)
            guard let profile = outcome.profile, profile.samples.count >= Self.fewestSamples else {
                throw .usage(
                    "\(version(arm).name) ran for \(Words.decimals(outcome.process.seconds, 3)) s, which is too short: "
                        + "\(Words.count(outcome.profile?.samples.count ?? 0, "sample")) of at least \(Self.fewestSamples); "
                        + "give the program more to do, or more samples a second with --rate")
            }
            if arm == .before { try checkOwnCode(profile) }
        }
    }

    /// A package that is installed from the working tree is imported from there by both versions, which then are one.
    private func checkOwnCode(_ profile: Profile) throws(RunningError) {
        let (old, new) = (PortablePaths(roots: before.roots), PortablePaths(roots: after.roots))
        let foreign = profile.functions.compactMap(\.file).first { new.owns($0) && !old.owns($0) }
        guard before.commit != nil, let foreign else { return }
        throw .usage(
            "\(before.name) runs '\(foreign)', which is the new version's code: the package is installed from the working "
                + "tree; install both versions, and name the other's interpreter with --before")
    }

    private func plan(roundSeconds: Double, left: Double, made: Int = 0) throws(RunningError) -> LookPlan {
        let most = made + Int(max(0, min(left / max(roundSeconds, 1e-3), 1000)))
        guard let plan = LookPlan(most: most) else {
            let needed = roundSeconds * Double(LookPlan.first + 2)
            throw .usage(
                "a round of three runs takes about \(Words.decimals(roundSeconds, 1)) s, and at least \(LookPlan.first) are "
                    + "needed: give at least --budget \(Words.decimals(needed.rounded(.up), 0)), or the program less to do"
            )
        }
        return plan
    }

    private func planned(_ took: Double, left: Double) throws(RunningError) -> GateSequence {
        GateSequence(try plan(roundSeconds: took, left: left, made: 1), limits: settings.limits)
    }

    // MARK: A round

    private func round(
        _ number: Int, of most: Int?, _ random: inout RandomSource
    ) async throws(RunningError) -> Round<ProfiledOutcome> {
        let arms = GateArm.allCases.map { $0.arm(profiling) }
        return try await Round.run(arms, areConditionsShared: true, using: &random) {
            arm, conditions async throws(RunningError) -> ProfiledOutcome in
            let which = GateArm(rawValue: arm.program ?? "") ?? .before
            progress.show("round \(number)\(most.map { " of at most \($0)" } ?? ""): \(version(which).name)")
            let outcome = try await start(arm, conditions)
            try check(outcome, of: which)
            return outcome
        }
    }

    private func check(_ outcome: ProfiledOutcome, of arm: GateArm) throws(RunningError) {
        guard !outcome.process.isOverTime else {
            throw .failed(
                "\(version(arm).name) did not end within the budget; give more with --budget, or the program less to do"
            )
        }
        try version(arm).check(outcome)
    }

    private func numbers(of round: Round<ProfiledOutcome>) throws(RunningError) -> GateRound {
        let paths = VersionPaths(
            old: [try profile(.before, of: round)], new: [try profile(.after, of: round)],
            roots: (before.roots, after.roots))
        func run(_ arm: GateArm) throws(RunningError) -> GateRun {
            GateRun(
                try profile(arm, of: round), seconds: settings.clock == .wall ? round[arm]?.process.seconds : nil,
                paths: arm.isAfter ? paths.new : paths.old)
        }
        return GateRound(before: try run(.before), after: try run(.after), again: try run(.again))
    }

    private func profile(_ arm: GateArm, of round: Round<ProfiledOutcome>) throws(RunningError) -> Profile {
        guard let profile = round[arm]?.profile else { throw version(arm).silent }
        return profile
    }

    private func version(_ arm: GateArm) -> GateVersion { arm.isAfter ? after : before }

    private var profiling: ProfilingSettings {
        var profiling = ProfilingSettings(seed: settings.seed)
        (profiling.design, profiling.rate, profiling.clock) = (.signal, settings.rate, settings.clock)
        return profiling
    }
}
