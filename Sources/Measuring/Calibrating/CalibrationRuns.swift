import Capture
import ProfileModel
import Running

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

    private let interpreter: Interpreter
    private let designs: [Design]
    private let clock: Clock

    public init(_ interpreter: Interpreter, designs: [Design], clock: Clock) {
        (self.interpreter, self.designs, self.clock) = (interpreter, designs, clock)
    }

    /// Throws where the program does not even run plain.
    public func next() async throws(RunningError) -> Outcome {
        var random = RandomSource(seed: .random(in: 0 ... .max))
        let round = try await Round.run(arms, using: &random) { arm, conditions throws(RunningError) in
            // What was made for the process is gone when it has ended.
            defer { SignalForwarding.deliver() }
            return try await run(arm, conditions)
        }
        return designs.reduce(into: Outcome()) { add($1, of: round, to: &$0) }
    }

    /// What one process gave.
    private enum Answer: Sendable {
        case printed(String, Profile?)
        case refused(String)
        /// It is no answer, and nobody says why.
        case none
    }

    private var arms: [Arm] {
        let pairs = designs.flatMap { design in design.calibratingPrograms.map { (design, $0) } }
        return Set(pairs.map(\.1)).map { Arm(.control, program: $0.rawValue) } + pairs.map(arm)
    }

    private func arm(_ design: Design, _ program: CalibratingProgram) -> Arm {
        var settings = ProfilingSettings()
        (settings.design, settings.clock, settings.rate) = (design, clock, Self.sampleRate)
        return .design(settings, program: program.rawValue)
    }

    /// Samples a second: as many as a process of half a second needs to show what they cost.
    public static let sampleRate = 10_000.0

    private func run(_ arm: Arm, _ conditions: Conditions) async throws(RunningError) -> Answer {
        do throws(RunningError) {
            guard case .ran(let run) = try await launch(arm).start(arm, conditions), run.process.status == 0,
                let printed = run.process.outputEnd, arm.role == .control || run.profile != nil
            else {
                guard arm.role == .control else { return .none }
                throw .failed(
                    "'\(interpreter.path)' does not run the calibrating program; name a CPython with --python")
            }
            return .printed(printed, run.profile)
        } catch {
            guard arm.role == .profiled else { throw error }
            return .refused(error.line)
        }
    }

    private func launch(_ arm: Arm) throws(RunningError) -> ArmLaunch {
        let text = String(decoding: PackageResources.calibrating_py, as: UTF8.self)
        let seed = String(UInt32.random(in: 0 ... .max))
        let calls = arm.program.flatMap(CalibratingProgram.init).map { String($0.calls(by: clock)) }
        var launch = try ArmLaunch(
            Program(.code(text), arguments: [seed, arm.program ?? "", calls ?? ""]), interpreter: interpreter)
        (launch.output, launch.limits) = (.endKept, RunLimits(time: .seconds(30)))
        return launch
    }

    private func add(_ design: Design, of round: Round<Answer>, to outcome: inout Outcome) {
        let program = design.calibratingProgram
        outcome.profiled[design] = profiled(design, program, of: round)
        if design.calibratingPrograms.contains(.checks) {
            outcome.checked[design] = profiled(design, .checks, of: round)
        }
        if case .refused(let line)? = round[arm(design, program)] { outcome.refusals[design] = line }
    }

    /// `nil` where the design cannot profile the interpreter.
    private func profiled(_ design: Design, _ program: CalibratingProgram, of round: Round<Answer>) -> Profiled? {
        guard case .printed(let printed, let profile?)? = round[arm(design, program)],
            case .printed(let control, _)? = round[Arm(.control, program: program.rawValue)]
        else { return nil }
        return Profiled(control: control, printed: printed, profile: profile)
    }
}
