import ProfileModel

/// What counting the calls of functions gave.
public struct CallCount: Sendable, Equatable {
    /// By function.
    public var functions: [CountedCalls]
    /// Seconds that a spin takes for one element.
    public var perElement: Double
}

/// A program some of whose functions are slowed, run under a design or plain.
public struct SlowedProgram: Sendable {
    let runner: ProgramRunner
    private let folder: SlowingFolder

    public init(_ runner: ProgramRunner) throws(RunningError) {
        self.runner = runner
        folder = try SlowingFolder()
    }

    public func control(
        _ request: SlowingRequest, environment: [String: String] = [:]
    ) async throws(RunningError) -> (process: ProcessOutcome, answer: SlowingAnswer) {
        try folder.ask(request, answer: true)
        let process = try await runner.control(environment: environment, slowing: folder)
        if let refusal = folder.refusal { throw .failed(refusal) }
        guard let answer = folder.answer else {
            throw .failed(
                "the program ended with status \(process.status), but not in Python's own way (a signal, os._exit or a new program), so it cannot be timed from within: leave out --causal"
            )
        }
        return (process, answer)
    }

    /// Throws where nothing was captured: a function's share would seem to be none.
    public func profile(
        _ settings: ProfilingSettings, _ request: SlowingRequest, environment: [String: String]
    ) async throws(RunningError) -> ProfiledOutcome {
        try folder.ask(request, answer: false)
        let outcome = try await runner.profile(settings, output: .hashed, environment: environment, slowing: folder)
        guard outcome.profile != nil else {
            throw .failed(
                "\(settings.design.rawValue) captured nothing: the program \(outcome.process.ending) before its first line ran"
            )
        }
        return outcome
    }
}

extension ProgramRunner {
    /// Counts the calls of functions in one plain run.
    public func countCalls(of functions: [Function]) async throws(RunningError) -> CallCount {
        let answer = try await SlowedProgram(self).control(SlowingRequest(counting: functions)).answer
        guard answer.functions.count == functions.count else {
            throw .failed("the program's count of calls is not whole: run it again")
        }
        return CallCount(functions: answer.functions, perElement: answer.perElement)
    }

    /// The time of one plain run, from its first line to its end.
    public func programSeconds() async throws(RunningError) -> ProgramSeconds {
        try await SlowedProgram(self).control(SlowingRequest([])).answer.seconds
    }
}
