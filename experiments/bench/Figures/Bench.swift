import Measuring

/// What a figure is measured with, and where its findings go.
struct Bench<S: Starter>: Sendable {
    var programs: Programs
    var starter: S
    var rule = StoppingRule()
    /// Rounds asked for on the command line: a quick look.
    var quick: Int?
    /// Takes a row as soon as there is one.
    var report: @Sendable (Row) -> Void
    /// Takes the raw rounds of a figure.
    var keep: @Sendable (String, [BenchRound]) -> Void
    /// Is told the number of the round that ended.
    var progress: @Sendable (String, Int) -> Void

    /// How many trials a counted figure gets.
    func trials(_ usual: Int) -> Int { quick ?? usual }
}
