import Measuring
import Running

/// Runs an arm of a block once. Tests put a scripted one in its place.
protocol BlockStarter: Sendable {
    /// - Parameter reading: what of the profile is wanted.
    func start(
        _ arm: Arm, of block: Block, _ conditions: Conditions, reading: ProfileReading
    ) async throws(RunningError) -> ProfiledOutcome
}

/// Starts real programs.
struct BlockLaunch: BlockStarter {
    var limits: RunLimits
    /// Of the spec.
    var environment: [String: String]

    func start(
        _ arm: Arm, of block: Block, _ conditions: Conditions, reading: ProfileReading
    ) async throws(RunningError) -> ProfiledOutcome {
        let program = Program(.script(block.workload.script), arguments: block.arguments)
        var launch = try ArmLaunch(program, interpreter: block.interpreter.interpreter, peers: block.interpreter.peers)
        (launch.environment, launch.limits, launch.output, launch.reading) = (environment, limits, .endKept, reading)
        switch try await launch.start(arm, conditions) {
        case .ran(let outcome): return outcome
        case .failed(let reason): throw .failed("\(arm.tool): \(reason)")
        }
    }
}
