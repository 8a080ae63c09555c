import ProfileFormats
import ProfileModel

/// One run of a program, and what came of it.
public struct ProfiledOutcome: Sendable {
    public var process: ProcessOutcome
    /// `nil` of an unprofiled run, and where the program ended before its first line ran.
    public var profile: Profile?
    /// What was captured, where that was asked for: as long as this is there, a kill loses nothing.
    public var capture: LaunchFolder?

    public init(process: ProcessOutcome, profile: Profile? = nil, capture: LaunchFolder? = nil) {
        (self.process, self.profile, self.capture) = (process, profile, capture)
    }
}

/// What came of starting a program with or without a profiler.
public enum RunOutcome: Sendable {
    case ran(ProfiledOutcome)
    /// Why another profiler gave no profile, as the end of a sentence.
    case failed(String)
}

/// What is read of what a profiler wrote, once the program has ended.
public enum ProfileReading: Sendable {
    case nothing
    /// Of a sampler only how its ticks are accounted for.
    case ledger
    case whole
}

/// Runs programs, under a design or plain.
public struct ProgramRunner: Sendable {
    private let interpreter: Interpreter
    private let program: Program
    private let extensionPath: String
    /// Of runs for our own ends: their errors are not shown, and signals to swprof wait for `SignalForwarding.deliver`.
    public var limits: RunLimits?
    /// Where nothing is read there is no profile.
    public var reading = ProfileReading.whole
    /// Whether what was captured stays for as long as its outcome.
    public var keepsCapture = false
    /// Hears of the path of the capture log before the program is started.
    public var onLaunch: (@Sendable (_ log: String) -> Void)?
    /// Where the program is run; `nil` for our own working folder.
    private var folder: String?

    /// Throws where there is no such program in the folder that it is run in, or swprof is not whole.
    public init(_ program: Program, interpreter: Interpreter, folder: String? = nil) throws(RunningError) {
        try program.check(in: folder)
        self.init(program, interpreter: interpreter, extension: try Installation.extensionPath())
        self.folder = folder
    }

    init(_ program: Program, interpreter: Interpreter, extension extensionPath: String) {
        self.program = program
        self.interpreter = interpreter
        self.extensionPath = extensionPath
    }

    /// Runs the program under a design; throws where the interpreter cannot be profiled.
    public func profile(
        _ settings: ProfilingSettings, output: ProgramOutput, environment: [String: String] = [:]
    ) async throws(RunningError) -> ProfiledOutcome {
        try await profile(settings, output: output, environment: environment, slowing: nil)
    }

    func profile(
        _ settings: ProfilingSettings, output: ProgramOutput, environment: [String: String], slowing: SlowingFolder?
    ) async throws(RunningError) -> ProfiledOutcome {
        let folder = try LaunchFolder(extension: extensionPath)
        let launch = slowing.map { folder.environment(settings, before: $0.pythonPath) } ?? folder.environment(settings)
        var all = Self.bytes(environment, slowing)
        for (key, value) in launch { all[key] = value }
        var run = process(all)
        run.onStart = folder.noteProcess
        onLaunch?(folder.log)
        let outcome = try await run.run(output)
        if let refusal = folder.refusal { throw .failed(refusal) }
        guard folder.wasLaunched else {
            if let signal = outcome.signal, SignalForwarding.all.contains(signal) { throw .interrupted(signal) }
            if outcome.status != 0, try await failsToStart(environment) { return ProfiledOutcome(process: outcome) }
            throw .failed(
                "'\(interpreter.path)' did not load \(extensionPath): it is no CPython \(SupportedPython.span), or ignores PYTHONPATH (-I, -E) or "
                    + "leaves out site (-S); name another with --python")
        }
        return ProfiledOutcome(
            process: outcome, profile: reading == .nothing ? nil : try readProfile(folder, outcome),
            capture: keepsCapture ? folder : nil)
    }

    /// Whether the interpreter ends before it runs anything for what its environment tells it, such as a wrong `PYTHONHASHSEED`.
    private func failsToStart(_ environment: [String: String]) async throws(RunningError) -> Bool {
        func runsNothing(_ words: [String]) async throws(RunningError) -> Bool {
            let nothing = Program(.code(""), rawWords: words.map { Array($0.utf8) })
            var runner = ProgramRunner(nothing, interpreter: interpreter, extension: extensionPath)
            runner.limits = RunLimits(time: Self.start)
            return try await runner.control(environment: environment).status == 0
        }
        guard try await !runsNothing(["-c", ""]) else { return false }
        return try await runsNothing(["-I", "-c", ""])
    }

    /// In which an interpreter has started, or never will.
    private static let start = Duration.seconds(20)

    /// Runs the program as it is.
    public func control(
        output: ProgramOutput = .hashed, environment: [String: String] = [:]
    ) async throws(RunningError) -> ProcessOutcome {
        try await process(Self.bytes(environment, nil)).run(output)
    }

    /// Runs a known-answer workload as it is.
    ///
    /// - Returns: beside what became of it the timeline that it tells of itself; `nil` where it tells none.
    public func knownAnswer() async throws(RunningError) -> (process: ProcessOutcome, timeline: [UInt8]?) {
        let folder = try PrivateFolder()
        let file = folder.path + "/timeline.json"
        let process = try await control(output: .passedOn, environment: ["TRUTH_TIMELINE": file])
        return withExtendedLifetime(folder) { (process, try? FileReading.bytes(of: file)) }
    }

    /// Runs the program under no design, but with functions of it slowed.
    func control(environment: [String: String], slowing: SlowingFolder) async throws(RunningError) -> ProcessOutcome {
        try await process(Self.bytes(environment, slowing)).run(.hashed)
    }

    private func process(_ environment: [String: [UInt8]?]) -> ProcessRun {
        ProcessRun(
            interpreter: interpreter, program: program, environment: environment, limits: limits, folder: folder)
    }

    private static func bytes(_ environment: [String: String], _ slowing: SlowingFolder?) -> [String: [UInt8]?] {
        let plain: [String: [UInt8]?] = environment.mapValues { Array($0.utf8) }
        return slowing.map { plain.merging($0.environment) { $1 } } ?? plain
    }

    private func readProfile(_ folder: LaunchFolder, _ outcome: ProcessOutcome) throws(RunningError) -> Profile? {
        guard let bytes = try? FileReading.bytes(of: folder.log), !bytes.isEmpty else { return nil }
        do {
            let own = try CaptureLogReader.read(bytes, samples: reading == .whole)
            var profile = ChildLogs.adding(to: own, in: folder.path, samples: reading == .whole)
            profile.program = program.words
            profile.exit = outcome.status
            profile.close(began: outcome.began, ended: outcome.ended, cpuSeconds: outcome.cpuSeconds)
            return profile
        } catch {
            throw .failed(error.line)
        }
    }
}
