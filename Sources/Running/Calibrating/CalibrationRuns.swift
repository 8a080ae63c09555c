import ProfileModel

/// The calibrating program run once plain and once under every design, in a new random order each time.
public struct CalibrationRuns: Sendable {
    /// What a process printed, and for a traced one what the tracer says.
    public struct Traced: Sendable {
        public var printed: String
        public var profile: Profile
    }

    public struct Outcome: Sendable {
        public var control = ""
        /// A design that failed is missing.
        public var traced: [Design: Traced] = [:]
        /// Why it failed, in one line.
        public var refusals: [Design: String] = [:]
    }

    private enum Arm {
        case control
        case design(Design)
    }

    private let interpreter: Interpreter
    private let designs: [Design]
    private let clock: Clock

    public init(_ interpreter: Interpreter, designs: [Design], clock: Clock) {
        (self.interpreter, self.designs, self.clock) = (interpreter, designs, clock)
    }

    /// Throws where the program does not even run plain.
    public func next() async throws(RunningError) -> Outcome {
        var outcome = Outcome()
        for arm in ([.control] + designs.map(Arm.design)).shuffled() {
            switch arm {
            case .control:
                do { outcome.control = try await plain() } catch {
                    SignalForwarding.deliver()
                    throw error
                }
            case .design(let design):
                do { outcome.traced[design] = try await traced(by: design) } catch { outcome.refusals[design] = error.line }
            }
            // What was made for this process is gone by now.
            SignalForwarding.deliver()
        }
        return outcome
    }

    private func plain() async throws(RunningError) -> String {
        let process = try await runner().control(output: .endKept, environment: Self.environment())
        guard process.status == 0, let printed = process.outputEnd else {
            throw .failed("'\(interpreter.path)' does not run the calibrating program; name a CPython with --python")
        }
        return printed
    }

    /// `nil` where the design cannot trace the interpreter.
    private func traced(by design: Design) async throws(RunningError) -> Traced? {
        var settings = ProfilingSettings()
        settings.design = design
        settings.clock = clock
        let run = try await runner().profile(settings, output: .endKept, environment: Self.environment())
        guard run.process.status == 0, let printed = run.process.outputEnd, let profile = run.profile else { return nil }
        return Traced(printed: printed, profile: profile)
    }

    private func runner() throws(RunningError) -> ProgramRunner {
        let text = String(decoding: PackageResources.calibrating_py, as: UTF8.self)
        let seed = String(UInt32.random(in: 0 ... .max))
        var runner = try ProgramRunner(Program(.code(text), arguments: [seed]), interpreter: interpreter)
        runner.limits = RunLimits(time: .seconds(30))
        return runner
    }

    private static func environment() -> [String: String] {
        var random = SystemRandomNumberGenerator()
        return VariedEnvironment.next(using: &random)
    }
}
