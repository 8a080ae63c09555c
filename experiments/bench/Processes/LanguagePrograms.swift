import Measuring
import Running

/// The sieves of experiments/languages, as its script builds them.
enum LanguagePrograms {
    static let folder = ".build/languages"
    static let sources = "experiments/languages"

    /// Starts an arm whose program times the sieve by itself, and whose answer is checked.
    static func start(_ arm: Arm, _ executable: String, _ arguments: [String], primes: Int) -> Start {
        let command = Command(executable: executable, arguments: arguments)
        var start = Start(arm, command)
        start.measurement = { outcome in
            let told = try decoded(Told.self, from: outcome.output, by: command.line)
            guard told.count == primes else {
                throw RunningError.failed("\(command.line) counts \(told.count) primes instead of \(primes)")
            }
            return Measurement(wall: told.seconds, cpu: told.seconds)
        }
        return start
    }

    private struct Told: Decodable {
        var count: Int
        var seconds: Double
    }
}
