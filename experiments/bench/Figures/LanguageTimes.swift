import Measuring
import Statistics

/// The talk's sieve to a million in Python, C and Swift, each timed from within.
struct LanguageTimes: Figure {
    var name: String { "languages: times" }

    private static let n = "1000000"
    /// Of the quick ones in a process: their time is their mean.
    private static let passes = "20"
    private static let (python, c, flags, set): (Arm, Arm, Arm, Arm) = (
        .tool("Python"), .tool("C"), .tool("Swift, flags"), .tool("Swift, Set")
    )

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let (folder, n, primes) = (LanguagePrograms.folder, Self.n, 78_498)
        let arms = [
            LanguagePrograms.start(
                Self.python, bench.programs.python, ["\(LanguagePrograms.sources)/timed.py", n], primes: primes),
            LanguagePrograms.start(Self.c, "\(folder)/sieve_c", [n, Self.passes], primes: primes),
            LanguagePrograms.start(Self.flags, "\(folder)/sieve_swift", ["flags", n, Self.passes], primes: primes),
            LanguagePrograms.start(Self.set, "\(folder)/sieve_swift", ["set", n, "1"], primes: primes),
        ]
        try await bench.measure(arms.map { time($0.arm) } + ratios, of: arms, as: name)
    }

    private func time(_ arm: Arm) -> RoundedFigure {
        RoundedFigure(
            figure: "sieve to a million: \(arm.tool)", asked: nil, askedText: "", precision: .tenth, places: 2,
            unit: " ms"
        ) { rounds in
            Jackknife.mean(rounds.wall(arm).map { 1000 * $0 })
        }
    }

    private var ratios: [RoundedFigure] {
        [
            ratio("Python / Swift, flags", .atLeast(25), "at least 25", Self.python, Self.flags, places: 1),
            ratio("Swift, flags / C at -O2", .atMost(1.2), "at most 1.2", Self.flags, Self.c, places: 3),
            ratio("Python / Swift, Set", nil, "", Self.python, Self.set, places: 2),
        ]
    }

    private func ratio(_ text: String, _ asked: Rule?, _ askedText: String, _ a: Arm, _ b: Arm, places: Int)
        -> RoundedFigure
    {
        RoundedFigure(
            figure: "sieve to a million: \(text)", asked: asked, askedText: askedText, precision: .tenth, places: places
        ) {
            Jackknife.ratio($0.wall(a), to: $0.wall(b))
        }
    }
}
