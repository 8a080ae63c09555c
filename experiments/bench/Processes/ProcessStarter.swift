import Glibc
import Running
import Subprocess
import SystemPackage

/// Starts real processes, one at a time: the CPU time of children is counted for all of them together.
struct ProcessStarter: Starter {
    private static let longestOutput = 1 << 24

    func run(_ command: Command) async throws -> Outcome {
        let cpuBefore = cpuOfChildren()
        let clock = ContinuousClock()
        let begin = clock.now
        let result: ExecutionResult<Void, StringOutput<UTF8>, StringOutput<UTF8>>
        do {
            result = try await Subprocess.run(
                .path(FilePath(command.executable)), arguments: Arguments(command.arguments),
                environment: environment(adding: command.environment),
                output: .string(limit: Self.longestOutput), error: .string(limit: Self.longestOutput))
        } catch {
            throw RunningError.failed(
                "cannot run \(command.executable): is it there? (swprof comes from make build, the interpreter from --python)"
            )
        }
        return Outcome(
            wall: begin.duration(to: clock.now) / .seconds(1), cpu: cpuOfChildren() - cpuBefore,
            status: result.terminationStatus.number,
            output: result.standardOutput, errors: result.standardError)
    }

    private func environment(adding values: [String: String]) -> Environment {
        .inherit.updating(
            Dictionary(uniqueKeysWithValues: values.map { (Environment.Key(stringLiteral: $0), $1) }))
    }
}

/// User and system time of all children that have ended and been waited for, in seconds.
private func cpuOfChildren() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_CHILDREN.rawValue, &usage)
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

private func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
}

extension TerminationStatus {
    fileprivate var number: Int {
        switch self {
        case .exited(let code): Int(code)
        case .signaled(let signal): 128 + Int(signal)
        }
    }
}
