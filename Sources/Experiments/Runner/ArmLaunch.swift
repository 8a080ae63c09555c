import ProfileModel
import Running

/// What one start of a program gave.
struct StartedRun: Sendable {
    var process: ProcessOutcome
    /// `nil` of an unprofiled run, and of a program that ended before its first line.
    var profile: Profile?
}

/// Starts one arm of a block and waits for its end. Tests put a scripted one in its place.
protocol ArmStarter: Sendable {
    /// - Parameter reading: what of the profile is wanted.
    func start(
        _ arm: Arm, of block: Block, environment: [String: String], seed: UInt64, reading: ProfileReading
    ) async throws(RunningError) -> StartedRun
}

/// Starts real programs: the one place that knows how each kind of arm is started and what is read of it afterwards.
struct ArmLaunch: ArmStarter {
    var limits: RunLimits

    func start(
        _ arm: Arm, of block: Block, environment: [String: String], seed: UInt64, reading: ProfileReading
    ) async throws(RunningError) -> StartedRun {
        let program = Program(.script(block.workload.script), arguments: block.arguments)
        var runner = try ProgramRunner(program, interpreter: block.interpreter.interpreter)
        runner.limits = limits
        runner.reading = reading
        switch arm {
        case .control, .selfTestControl:
            return StartedRun(process: try await runner.control(output: .endKept, environment: environment))
        case .design(let design, let rate, let schedule, let clock, let trace):
            var settings = ProfilingSettings(seed: seed)
            settings.design = design
            settings.rate = rate ?? settings.rate
            settings.schedule = schedule ?? settings.schedule
            settings.clock = clock
            settings.functions = trace
            let outcome = try await runner.profile(settings, output: .endKept, environment: environment)
            return StartedRun(process: outcome.process, profile: outcome.profile)
        case .peer(let name, let rate): return try await start(name, rate, program, of: block, environment, reading)
        }
    }

    private func start(
        _ name: PeerName, _ rate: Double?, _ program: Program, of block: Block, _ environment: [String: String], _ reading: ProfileReading
    ) async throws(RunningError) -> StartedRun {
        guard let peers = block.interpreter.peers else { throw .failed("\(name.rawValue) was not looked for") }
        var runner = PeerRunner(peers, program: program, interpreter: block.interpreter.interpreter)
        runner.limits = limits
        runner.readsProfiles = reading == .whole
        var settings = ProfilingSettings()
        settings.rate = rate ?? settings.rate
        switch try await runner.run(name, settings, environment: environment) {
        case .ran(let outcome): return StartedRun(process: outcome.process, profile: outcome.profile)
        case .failed(let reason): throw .failed("\(name.rawValue): \(reason)")
        }
    }
}
