/// The sum of what ticks saw, and how far each was from what those before it foretold: the S and V of a confidence sequence for
/// means that change.
///
/// Values lie in [0, c]. Any forecast from earlier values will do: with V = Σ (yₖ − ŷₖ)², Σ(yₖ − E yₖ)/c and V/c² are as
/// `GammaExponentialMixture` wants them, and so are the negative ones; nothing is asked of the conditional means E yₖ (Howard et
/// al. 2021, theorem 4, by an inequality of X. Fan, I. Grama and Q. Liu, Electronic Journal of Probability 20, 2015, no. 1).
///
/// The forecast is whichever has been best so far: the value before, which in a program of long phases leaves one error a
/// phase; a mean that forgets; or the mean of all, which no independent values are foretold better by. To choose by past errors
/// alone keeps it a forecast.
struct PredictedSum: Sendable, Equatable {
    private(set) var count = 0.0
    /// Σ y
    private(set) var sum = 0.0
    /// V
    private(set) var squares = 0.0
    private var last = 0.0
    private var recent = 0.0
    private var errors = (last: 0.0, recent: 0.0, all: 0.0)

    /// How much of its difference from a value the mean that forgets takes on.
    private static let memory = 0.125

    init() {}

    private var forecast: Double {
        if errors.last < errors.recent { return errors.last < errors.all ? last : mean }
        return errors.recent < errors.all ? recent : mean
    }

    private var mean: Double { count > 0 ? sum / count : 0 }

    /// - Parameter lost: how much greater the value may have been, for all that was seen.
    mutating func add(_ value: Double, lost: Double = 0) {
        let (least, greatest) = (value - forecast, value + lost - forecast)
        squares += max(least * least, greatest * greatest)
        if lost == 0 { learn(value) }
        sum += value
        count += 1
    }

    /// Adds what came between two states of another sum, by that one's forecasts.
    mutating func add(from before: PredictedSum, to after: PredictedSum) {
        count += after.count - before.count
        sum += after.sum - before.sum
        squares += after.squares - before.squares
        (last, recent) = (after.last, after.recent)
    }

    /// No less in sum and squares than either of two.
    static func greater(_ one: PredictedSum, _ other: PredictedSum) -> PredictedSum {
        var greater = one.sum < other.sum ? other : one
        greater.squares = max(one.squares, other.squares)
        return greater
    }

    /// No greater in its sum than either, and no less in its squares.
    static func lesser(_ one: PredictedSum, _ other: PredictedSum) -> PredictedSum {
        var lesser = one.sum < other.sum ? one : other
        lesser.squares = max(one.squares, other.squares)
        return lesser
    }

    private mutating func learn(_ value: Double) {
        errors.last += (value - last) * (value - last)
        errors.recent += (value - recent) * (value - recent)
        errors.all += (value - mean) * (value - mean)
        last = value
        recent += Self.memory * (value - recent)
    }

    static func == (one: PredictedSum, other: PredictedSum) -> Bool {
        one.count == other.count && one.sum == other.sum && one.squares == other.squares
    }
}
