import Statistics

/// A figure that is a function of the rounds, with an interval over them.
struct RoundedFigure: Sendable {
    var figure: String
    var asked: Asked
    var askedText: String
    var precision: Precision
    /// Decimals to print.
    var places: Int
    var unit = ""
    var estimate: @Sendable ([Round]) -> RoundsEstimate?

    func row(_ rounds: [Round]) -> Row {
        let estimate = estimate(rounds)
        return Row(
            figure: figure, asked: askedText, measured: Self.text(estimate, places, unit), rounds: rounds.count,
            verdict: asked.verdict(on: estimate, precision: precision),
            value: estimate?.value, low: estimate?.bounds?.low, high: estimate?.bounds?.high)
    }

    static func text(_ estimate: RoundsEstimate?, _ places: Int, _ unit: String = "") -> String {
        guard let estimate else { return "no estimate" }
        let interval = estimate.bounds.map { "[\(decimals($0.low, places)), \(decimals($0.high, places))]" }
        return "\(decimals(estimate.value, places))\(unit) \(interval ?? "[no interval]")"
    }
}

extension Bench {
    /// Runs the arms in rounds until all figures are narrow enough, and reports them.
    func measure(_ figures: [RoundedFigure], of arms: [Arm], as name: String) async throws {
        var generator = SystemRandomNumberGenerator()
        let rounds = try await runRounds(
            arms, until: rule, with: starter, using: &generator, progress: { progress(name, $0) },
            isSettled: { rounds in figures.allSatisfy { $0.precision.isReached(by: $0.estimate(rounds)) } })
        keep(name, rounds)
        for figure in figures { report(figure.row(rounds)) }
    }
}
