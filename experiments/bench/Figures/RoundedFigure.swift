import Measuring
import Statistics

/// A figure that is a function of the rounds, with an interval over them.
struct RoundedFigure: Sendable {
    var figure: String
    /// `nil` where nothing is asked of it.
    var asked: Rule?
    var askedText: String
    var precision: Precision
    /// Decimals to print.
    var places: Int
    var unit = ""
    var estimate: @Sendable ([BenchRound]) -> RoundsEstimate?

    func row(_ rounds: [BenchRound]) -> Row {
        let estimate = estimate(rounds)
        return Row(
            figure: figure, asked: askedText, measured: Words.estimate(estimate, places, unit: unit),
            from: Words.count(rounds.count, "round"), verdict: asked?.verdict(on: estimate, precision: precision),
            estimate: estimate)
    }
}

extension Bench {
    /// Runs the arms in rounds until all figures are narrow enough, and reports them.
    func measure(_ figures: [RoundedFigure], of starts: [Start], as name: String) async throws {
        var generator = SystemRandomNumberGenerator()
        let rounds = try await runRounds(
            starts, until: rule, with: starter, using: &generator, progress: { progress(name, $0) },
            isSettled: { rounds in figures.allSatisfy { $0.precision.isReached(by: $0.estimate(rounds)) } })
        keep(name, rounds)
        for figure in figures { report(figure.row(rounds)) }
    }
}
