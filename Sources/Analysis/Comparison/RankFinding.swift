import ProfileModel
import Statistics

/// The function with the most self time, and how sure it is that it has.
public struct RankFinding: Encodable, Sendable, Equatable {
    public var function: String
    @ExplicitNull public var file: String?
    public var line: Int
    /// The part of bootstrap replicates, of ticks or of rounds, in which it is the hottest.
    public var probability: Double
    /// The one behind it; null where there is no other.
    @ExplicitNull public var second: String?

    public init(function: String, file: String? = nil, line: Int, probability: Double, second: String? = nil) {
        self.function = function
        self.file = file
        self.line = line
        self.probability = probability
        self.second = second
    }

    /// `nil` where there are no functions to rank.
    init?(_ functions: [Function], shares: [Double], _ hottest: (place: Int, probability: Double)?) {
        guard let hottest else { return nil }
        let others = shares.indices.filter { $0 != hottest.place && shares[$0] > 0 }
        let function = functions[hottest.place]
        self.init(
            function: function.qualname, file: function.file, line: function.line, probability: hottest.probability,
            second: others.max { shares[$0] < shares[$1] }.map { functions[$0].qualname })
    }

    /// The probability in words, such as `99 %`: rounded down, so that 100 % are all of them.
    public var sureness: String { Words.decimals((probability * 100).rounded(.down), 0) + " %" }

    /// Under this the order is not to be built on.
    static let sure = 0.95

    /// Said where the two hottest cannot be told apart.
    var caveat: Caveat? {
        guard probability < Self.sure, let second else { return nil }
        return Caveat(
            code: "order-may-flip",
            text:
                "`\(function)` is the hottest function in only \(sureness) of resamples: it and `\(second)` may "
                + "change places.")
    }
}

extension ComparisonArm {
    /// How sure the hottest function is over rounds; `nil` under as many as an interval needs.
    var ranks: RankFinding? {
        guard runs.count >= Jackknife.fewestRounds else { return nil }
        let functions = Set(runs.flatMap(\.tally.functions.keys)).sorted {
            ($0.qualname, $0.file ?? "", $0.line) < ($1.qualname, $1.file ?? "", $1.line)
        }
        let parts = runs.map { run in functions.map { run.tally.functions[$0]?.own ?? 0 } }
        let times = TimesOverRounds(parts: parts, wholes: wholes)
        return RankFinding(functions, shares: times.shares, RankStability.hottest(times, seed: ComparisonPair.seed))
    }
}
