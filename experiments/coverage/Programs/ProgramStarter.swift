import ProfileModel
import Running

/// Starts programs and waits for their end. Tests put a scripted one in its place.
protocol ProgramStarter: Sendable {
    /// Runs a program under a design and a condition; throws unless it ends well and was profiled.
    func profile(
        _ workload: Workload, _ settings: ProfilingSettings, under condition: RunCondition, environment: [String: String]
    ) async throws -> ProfiledRun
    /// Runs a program as it is; throws unless it ends well.
    func control(_ workload: Workload, environment: [String: String]) async throws -> PlainRun
    /// Why a program cannot be run under a condition here; `nil` where it can.
    func obstacle(to workload: Workload, under condition: RunCondition) async -> String?
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

    func profile(
        _ workload: Workload, _ settings: ProfilingSettings, under condition: RunCondition, environment: [String: String]
    ) async throws -> ProfiledRun {
        guard let interpreter = interpreters.of(workload, under: condition) else {
            throw CoverageError("there is no interpreter for \(workload.path) under \(condition.name)")
        }
        let outcome = try await Surroundings.within(condition) {
            try await lined { () async throws(RunningError) in
                try await runner(workload, interpreter).profile(settings, output: .endKept, environment: environment)
            }
        }
        try check(outcome.process, of: workload)
        guard let profile = outcome.profile else { throw CoverageError("\(workload.path) ended before it could be profiled") }
        return ProfiledRun(profile: profile, output: outcome.process.outputEnd ?? "")
    }

    func control(_ workload: Workload, environment: [String: String]) async throws -> PlainRun {
        let process = try await lined { () async throws(RunningError) in
            try await runner(workload, interpreters.usual).control(output: .endKept, environment: environment)
        }
        try check(process, of: workload)
        return PlainRun(seconds: process.seconds, output: process.outputEnd ?? "")
    }

    func obstacle(to workload: Workload, under condition: RunCondition) async -> String? {
        Surroundings.obstacle(to: condition) ?? (interpreters.of(workload, under: condition) == nil ? interpreters.remedy(workload, condition) : nil)
    }

    func neighbours(_ count: Int) throws -> Neighbours? {
        count > 0 ? try Neighbours(count, python: interpreters.usual.path) : nil
    }

    private func runner(_ workload: Workload, _ interpreter: Interpreter) throws(RunningError) -> ProgramRunner {
        try ProgramRunner(Program(.script(workload.path), arguments: workload.arguments), interpreter: interpreter)
    }

    private func check(_ process: ProcessOutcome, of workload: Workload) throws {
        guard process.status == 0 else { throw CoverageError("\(workload.path) ended with status \(process.status)") }
    }

    private func lined<Value>(_ work: () async throws(RunningError) -> Value) async throws -> Value {
        do { return try await work() } catch { throw CoverageError(error.line) }
    }
}
