import Capture
import Running

/// Passes through all arms of a comparison, in a new random order each time.
struct ComparedRounds {
    private let launch: ArmLaunch
    private let arms: [Arm]
    private var random: RandomSource
    private(set) var rounds: [Round<RunOutcome>] = []

    init(_ launch: ArmLaunch, arms: [Arm], seed: UInt64) {
        (self.launch, self.arms, random) = (launch, arms, RandomSource(seed: seed))
    }

    /// Runs rounds until there are so many.
    mutating func run(upTo count: Int) async throws(RunningError) {
        let progress = Progress(total: count)
        defer { progress.clear() }
        let all = (count - rounds.count) * arms.count
        var begun = 0
        while rounds.count < count {
            let number = rounds.count + 1
            let round = try await Round.run(arms, using: &random) {
                [launch] arm, conditions async throws(RunningError) -> RunOutcome in
                progress.show(round: number, arm: arm.tool, done: begun, of: all)
                begun += 1
                return try await launch.start(arm, conditions)
            }
            if let silent = round.profiled.first(where: { $0.run.profile == nil }) {
                throw .failed(
                    "\(silent.name) captured nothing: the program \(silent.run.process.ending) before its first line ran"
                )
            }
            rounds.append(round)
        }
    }
}
