import Analysis
import Capture
import ProfileModel
import Running

/// One run of the program as it is or with a function slowed.
struct SlowedRun: Sendable {
    var outcome: ProfiledOutcome
    /// Of an unprofiled run, from the program's first line to its end.
    var seconds: ProgramSeconds?
}

/// Passes through all designs and the control, with the program as it is and with one function slowed at a
/// time, in a new random order each time. All runs compile the same functions anew.
struct SlowedRounds: Sendable {
    private let program: SlowedProgram
    private let settings: ProfilingSettings
    private let targets: [CausalTarget]
    private var random: RandomSource
    let arms: [Arm]

    init(_ runner: ProgramRunner, designs: [Design], settings: ProfilingSettings, targets: [CausalTarget])
        throws(RunningError)
    {
        program = try SlowedProgram(runner)
        self.settings = settings
        self.targets = targets
        random = RandomSource(seed: settings.seed)
        let profiled = designs.map { Arm.design(settings.of($0)) }
        let places = targets.indices.flatMap { target in
            targets[target].work.indices.map { SlowedPlace(target: target, level: $0) }
        }
        arms =
            [.control, .selfTestControl] + profiled
            + places.flatMap { place in ([.control] + profiled).map { $0.slowing(place) } }
    }

    /// Runs one round; throws where the program cannot be timed from within, or swprof was asked to end meanwhile.
    ///
    /// - Parameter progress: told of each run before it starts.
    mutating func next(progress: (String) -> Void) async throws(RunningError) -> Round<SlowedRun> {
        var number = 0
        return try await Round.run(arms, using: &random) {
            [self] arm, conditions async throws(RunningError) -> SlowedRun in
            number += 1
            progress("\(describe(arm)) (run \(number) of \(arms.count))")
            let outcome = try await run(arm, conditions)
            try SignalForwarding.checkInterrupted()
            return outcome
        }
    }

    private func describe(_ arm: Arm) -> String {
        guard let place = arm.slowing else { return arm.tool }
        return "\(arm.tool), \(targets[place.target].function.name) slowed at level \(place.level + 1)"
    }

    private func run(_ arm: Arm, _ conditions: Conditions) async throws(RunningError) -> SlowedRun {
        guard arm.role == .profiled else {
            let (process, answer) = try await program.control(request(arm), environment: conditions.environment)
            return SlowedRun(outcome: ProfiledOutcome(process: process), seconds: answer.seconds)
        }
        let outcome = try await program.profile(
            arm.settings(seed: conditions.seed), request(arm), environment: conditions.environment)
        return SlowedRun(outcome: outcome)
    }

    private func request(_ arm: Arm) -> SlowingRequest {
        let functions = targets.map(\.function)
        guard let place = arm.slowing else { return SlowingRequest(functions) }
        return SlowingRequest(functions, slowing: place.target, by: targets[place.target].work[place.level])
    }
}

extension Arm {
    func slowing(_ place: SlowedPlace) -> Arm {
        var arm = self
        arm.slowing = place
        return arm
    }
}

extension Round where Outcome == SlowedRun {
    /// What a comparison takes of it: of the runs with a slowed function no profile is kept.
    var compared: Round<RunOutcome> {
        Round<RunOutcome>(
            runs.map { run in
                let outcome =
                    run.arm.slowing == nil ? run.outcome.outcome : ProfiledOutcome(process: run.outcome.outcome.process)
                return .init(run.arm, run.conditions, .ran(outcome))
            })
    }

    /// Of the unprofiled runs with a function slowed so, or with none.
    func seconds(_ place: SlowedPlace?) -> [ProgramSeconds] {
        runs.filter { $0.arm.slowing == place }.compactMap(\.outcome.seconds)
    }

    /// By the design's name.
    func profiles(_ place: SlowedPlace?) -> [String: Profile] {
        let found = runs.filter { $0.arm.slowing == place }.compactMap { run in
            run.outcome.outcome.profile.map { (run.arm.tool, $0) }
        }
        return Dictionary(found) { first, _ in first }
    }
}
