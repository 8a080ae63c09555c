import Synchronization

@testable import swprof_bench

/// Answers by a rule instead of starting a process, and remembers what it was asked to run.
final class ScriptedStarter: Starter {
    private let asked = Mutex<[Command]>([])
    private let answer: @Sendable (Command, Int) -> Outcome

    /// - Parameter answer: the outcome of a command that is the n-th, from 0 on, with its first argument.
    init(_ answer: @escaping @Sendable (Command, Int) -> Outcome) { self.answer = answer }

    var commands: [Command] { asked.withLock { $0 } }

    func run(_ command: Command) async throws -> Outcome {
        let before = asked.withLock { asked in
            defer { asked.append(command) }
            return asked.count { $0.arguments.first == command.arguments.first }
        }
        return answer(command, before)
    }
}

extension Outcome {
    static func took(wall: Double = 1, cpu: Double = 1, status: Int = 0, output: String = "") -> Outcome {
        Outcome(wall: wall, cpu: cpu, status: status, output: output, errors: "first\nlast")
    }
}
