import Analysis
import Measuring
import ProfileModel
import Running

/// Starts a program of the battery once under an arm, and reads what came of it.
struct JudgedProgram: Sendable {
    private let program: BatteryProgram
    private let interpreter: Interpreter
    private let peers: InstalledPeers
    private let limit: Int

    init(_ program: BatteryProgram, interpreter: Interpreter, peers: InstalledPeers, limit: Int) {
        (self.program, self.interpreter, self.peers, self.limit) = (program, interpreter, peers, limit)
    }

    /// A run that fails is an answer; throws where swprof was interrupted.
    func run(_ arm: Arm, _ conditions: Conditions, round: Int) async throws -> JudgedRun {
        let run = try await ChangedSurroundings.within(program.surroundings) { await started(arm, conditions, round) }
        if SignalForwarding.isWaiting {
            SignalForwarding.deliver()
            throw RunningError.failed(
                "interrupted; what was measured until now is in the file of --store, if one was named")
        }
        return run
    }

    private func started(_ arm: Arm, _ conditions: Conditions, _ round: Int) async -> JudgedRun {
        let begin = ContinuousClock.now
        do throws(RunningError) {
            var launch = try ArmLaunch(
                Program(.script(program.script), arguments: program.arguments), interpreter: interpreter, peers: peers)
            (launch.output, launch.limits) = (.endKept, RunLimits(time: .seconds(limit)))
            switch try await launch.start(arm, conditions) {
            case .ran(let outcome): return read(outcome, arm, round)
            case .failed(let reason): return failed(reason, since: begin, round)
            }
        } catch {
            return failed(error.line, since: begin, round)
        }
    }

    private func failed(_ reason: String, since begin: ContinuousClock.Instant, _ round: Int) -> JudgedRun {
        let isOverTime = ContinuousClock.now - begin >= .seconds(limit)
        var run = JudgedRun(
            round: round, seconds: 0, cpuSeconds: 0,
            failure: isOverTime ? "it did not end within \(limit) s" : reason)
        run.isOverTime = isOverTime
        return run
    }

    private func read(_ outcome: ProfiledOutcome, _ arm: Arm, _ round: Int) -> JudgedRun {
        let process = outcome.process
        var run = JudgedRun(
            round: round, seconds: process.seconds, cpuSeconds: process.cpuSeconds,
            truth: Self.truth(in: process.outputEnd), failure: failure(of: process))
        run.isOverTime = process.isOverTime
        guard run.failure == nil, arm.role == .profiled else { return run }
        if let profile = outcome.profile {
            run.read(profile, script: program.script)
        } else if run.truth != nil {
            run.failure = "it ended without a profile"
        }
        return run
    }

    private func failure(of process: ProcessOutcome) -> String? {
        if process.isOverTime { return "it did not end within \(limit) s" }
        guard process.status != 0 else { return nil }
        return "it \(process.ending)" + (process.lastWords.map { ": \($0)" } ?? "")
    }

    /// A tool may write behind what the program says of itself.
    private static func truth(in output: String?) -> Truth? {
        (output ?? "").split(whereSeparator: \.isNewline).reversed().lazy
            .compactMap { Truth(lastLineOf: String($0)) }.first
    }
}
