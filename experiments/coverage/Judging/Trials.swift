import Statistics

/// How many of so many trials succeeded.
struct Trials: Sendable, Equatable {
    var successes: Int
    var count: Int

    static func + (a: Trials, b: Trials) -> Trials {
        Trials(successes: a.successes + b.successes, count: a.count + b.count)
    }

    var part: Double? { count > 0 ? Double(successes) / Double(count) : nil }

    /// Clopper and Pearson's.
    var bounds: Bounds? { ClopperPearson.interval(Double(successes), of: Double(count)) }

    /// The probability of so few successes, were each as likely as `edge`: the exact one-sided test.
    func tooFew(for edge: Double) -> Double { BinomialTest.isBelow(edge, successes, of: count) }

    /// The probability of so many successes, were each as likely as `edge`.
    func tooMany(for edge: Double) -> Double { BinomialTest.isAbove(edge, successes, of: count) }

    /// `95.1 % [94.0, 96.1]`
    var text: String {
        guard let part else { return "none" }
        return "\(Words.percent(part)) \(Words.percent(bounds))"
    }
}
