import Measuring
import Statistics

/// What it costs to call the Swift sieve from Python, beyond what the sieve takes: by the way of calling, which is also
/// what comes back, and by size.
struct Crossing: Figure {
    var way: String
    /// What comes back.
    var answer: String
    var name: String { "languages: crossing by \(way)" }

    static let all: [any Figure] = [
        Crossing(way: "ctypes", answer: "ctypes, a number"), Crossing(way: "count", answer: "module, a number"),
        Crossing(way: "primes", answer: "module, a list"),
        Crossing(way: "eratosthenes", answer: "module, a tuple with a set"),
    ]

    private static let primes = [10: 4, 1_000: 168, 100_000: 9_592, 1_000_000: 78_498]

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let sizes = Self.primes.keys.sorted()
        let arms = sizes.map { n in
            LanguagePrograms.start(
                arm(n), bench.programs.python, ["\(LanguagePrograms.sources)/crossing.py", way, String(n)],
                primes: Self.primes[n] ?? 0)
        }
        try await bench.measure(sizes.map(cost), of: arms, as: name)
    }

    private func arm(_ n: Int) -> Arm { .tool(way, program: String(n)) }

    private func cost(_ n: Int) -> RoundedFigure {
        RoundedFigure(
            figure: "\(answer): crossing at n = \(n)", asked: nil, askedText: "", precision: .tenth, places: 2,
            unit: " µs"
        ) { rounds in Jackknife.mean(rounds.wall(arm(n)).map { 1e6 * $0 }) }
    }
}
