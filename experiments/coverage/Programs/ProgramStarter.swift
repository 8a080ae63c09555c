import Measuring
import ProfileModel
import Running

/// Starts programs and waits for their end. Tests put a scripted one in its place.
protocol ProgramStarter: Sendable {
    /// Runs a program under an arm; throws unless it ends well and was profiled.
    func profile(_ workload: Workload, _ arm: Arm, _ conditions: Conditions) async throws -> ProfiledRun
    /// Runs a program as it is; throws unless it ends well.
    func control(_ workload: Workload, _ conditions: Conditions, environment: [String: String]) async throws -> PlainRun
    /// Why a program cannot be run under an arm here; `nil` where it can.
    func obstacle(to workload: Workload, under arm: Arm) async -> String?
    /// Starts busy processes, which end when nobody holds what is returned; `nil` where none is asked for.
    func neighbours(_ count: Int) throws -> Neighbours?
}

/// What a profiled run left.
struct ProfiledRun: Sendable {
    var profile: Profile
    /// The last of what it wrote.
    var output: String
}

/// What an unprofiled run left.
struct PlainRun: Sendable {
    /// Wall time from its start to its end.
    var seconds: Double
    var output: String
}

/// Starts real interpreters, as `swprof run` does.
struct InterpreterStarter: ProgramStarter {
    var interpreters: Interpreters

    func profile(_ workload: Workload, _ arm: Arm, _ conditions: Conditions) async throws -> ProfiledRun {
        guard let interpreter = interpreters.of(workload, in: arm.surroundings) else {
            throw RunningError.failed("there is no interpreter for \(workload.path) under \(arm.condition)")
        }
        let outcome = try await ChangedSurroundings.within(arm.surroundings) {
            try await start(arm, workload, interpreter, conditions, environment: [:])
        }
        guard let profile = outcome.profile else {
            throw RunningError.failed("\(workload.path) ended before it could be profiled")
        }
        return ProfiledRun(profile: profile, output: outcome.process.outputEnd ?? "")
    }

    func control(_ workload: Workload, _ conditions: Conditions, environment: [String: String]) async throws -> PlainRun
    {
        let process = try await start(.control, workload, interpreters.usual, conditions, environment: environment)
            .process
        return PlainRun(seconds: process.seconds, output: process.outputEnd ?? "")
    }

    func obstacle(to workload: Workload, under arm: Arm) async -> String? {
        if let obstacle = ChangedSurroundings.obstacle(to: arm.surroundings) { return obstacle }
        return interpreters.of(workload, in: arm.surroundings) == nil
            ? interpreters.remedy(workload, arm.surroundings) : nil
    }

    func neighbours(_ count: Int) throws -> Neighbours? {
        count > 0 ? try Neighbours(count, python: interpreters.usual.path) : nil
    }

    private func start(
        _ arm: Arm, _ workload: Workload, _ interpreter: Interpreter, _ conditions: Conditions,
        environment: [String: String]
    ) async throws -> ProfiledOutcome {
        var launch = try ArmLaunch(
            Program(.script(workload.path), arguments: workload.arguments), interpreter: interpreter)
        (launch.output, launch.environment) = (.endKept, environment)
        guard case .ran(let outcome) = try await launch.start(arm, conditions) else {
            throw RunningError.failed("\(workload.path) cannot be run under another profiler here")
        }
        guard outcome.process.status == 0 else {
            throw RunningError.failed("\(workload.path) ended with status \(outcome.process.status)")
        }
        return outcome
    }
}
