import ProfileModel

/// What the calibrating program does: its second argument.
enum CalibratingProgram: String, CaseIterable {
    case calls, lines, samples
    /// Programs with known answers.
    case checks
}

/// The calibrating program run once plain and once under every design, in a new random order each time.
public struct CalibrationRuns: Sendable {
    /// What a plain process and a profiled one printed, and what the design says.
    public struct Profiled: Sendable {
        public var control: String
        public var printed: String
        public var profile: Profile
    }

    public struct Outcome: Sendable {
        /// A design that failed is missing.
        public var profiled: [Design: Profiled] = [:]
        /// Of the programs with known answers; tracing designs only.
        public var checked: [Design: Profiled] = [:]
        /// Why it failed, in one line.
        public var refusals: [Design: String] = [:]
    }

    private enum Arm {
        case control(CalibratingProgram)
        case design(Design, CalibratingProgram)
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
        var controls: [CalibratingProgram: String] = [:]
        for arm in arms.shuffled() {
            switch arm {
            case .control(let program):
                do { controls[program] = try await plain(program) } catch {
                    SignalForwarding.deliver()
                    throw error
                }
            case .design(let design, .checks):
                outcome.checked[design] = try? await profiled(by: design, .checks)
            case .design(let design, let program):
                do { outcome.profiled[design] = try await profiled(by: design, program) } catch { outcome.refusals[design] = error.line }
            }
            // What was made for this process is gone by now.
            SignalForwarding.deliver()
        }
        for design in designs {
            outcome.profiled[design]?.control = controls[design.calibratingProgram] ?? ""
            outcome.checked[design]?.control = controls[.checks] ?? ""
        }
        return outcome
    }

    private var arms: [Arm] {
        let pairs = designs.flatMap { design in design.calibratingPrograms.map { (design, $0) } }
        return Set(pairs.map(\.1)).map(Arm.control) + pairs.map(Arm.design)
    }

    private func plain(_ program: CalibratingProgram) async throws(RunningError) -> String {
        let process = try await runner(program).control(output: .endKept, environment: Self.environment())
        guard process.status == 0, let printed = process.outputEnd else {
            throw .failed("'\(interpreter.path)' does not run the calibrating program; name a CPython with --python")
        }
        return printed
    }

    /// Samples a second: as many as a process of half a second needs to show what they cost.
    public static let sampleRate = 10_000.0

    /// `nil` where the design cannot profile the interpreter.
    private func profiled(by design: Design, _ program: CalibratingProgram) async throws(RunningError) -> Profiled? {
        var settings = ProfilingSettings()
        settings.design = design
        settings.clock = clock
        settings.rate = Self.sampleRate
        let run = try await runner(program).profile(settings, output: .endKept, environment: Self.environment())
        guard run.process.status == 0, let printed = run.process.outputEnd, let profile = run.profile else { return nil }
        return Profiled(control: "", printed: printed, profile: profile)
    }

    private func runner(_ program: CalibratingProgram) throws(RunningError) -> ProgramRunner {
        let text = String(decoding: PackageResources.calibrating_py, as: UTF8.self)
        let seed = String(UInt32.random(in: 0 ... .max))
        var runner = try ProgramRunner(Program(.code(text), arguments: [seed, program.rawValue]), interpreter: interpreter)
        runner.limits = RunLimits(time: .seconds(30))
        return runner
    }

    private static func environment() -> [String: String] {
        var random = SystemRandomNumberGenerator()
        return VariedEnvironment.next(using: &random)
    }
}
