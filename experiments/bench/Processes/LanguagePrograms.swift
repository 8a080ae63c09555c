/// The sieves of experiments/languages, as its script builds them.
enum LanguagePrograms {
    static let folder = ".build/languages"
    static let sources = "experiments/languages"

    /// An arm whose program times the sieve by itself, and whose answer is checked.
    static func arm(_ name: String, _ executable: String, _ arguments: [String], primes: Int) -> Arm {
        let command = Command(executable: executable, arguments: arguments)
        return Arm(name: name, command: command, measurement: { outcome in
            let told = try decoded(Told.self, from: outcome.output, by: command.line)
            guard told.count == primes else { throw BenchError("\(command.line) counts \(told.count) primes instead of \(primes)") }
            return Measurement(wall: told.seconds, cpu: told.seconds)
        })
    }

    private struct Told: Decodable {
        var count: Int
        var seconds: Double
    }
}
