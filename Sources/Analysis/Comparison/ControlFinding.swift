import ProfileModel
import Statistics

/// The unprofiled runs.
public struct ControlFinding: Encodable, Sendable, Equatable {
    public var seconds: Interval
    /// Control against control: should hold 1.
    public var selfTest: Ratio

    public init(seconds: Interval, selfTest: Ratio) {
        self.seconds = seconds
        self.selfTest = selfTest
    }
}

extension ControlFinding {
    /// `nil` where no round has both its controls.
    init?(_ rounds: [Round], confidence: Double) {
        let paired = rounds.compactMap { round in
            round.control.flatMap { control in round.selfTestControl.map { (control, $0) } }
        }
        guard let mean = Jackknife.mean(rounds.compactMap(\.control), confidence: confidence),
            let selfTest = Jackknife.ratio(paired.map(\.1), to: paired.map(\.0), confidence: confidence)
        else { return nil }
        self.init(
            seconds: Interval(mean: mean.value, low: mean.bounds?.low, high: mean.bounds?.high),
            selfTest: Ratio(selfTest))
    }

    /// Said where control against control leaves 1 out.
    var drift: Caveat? {
        guard selfTest.isNotOne, let low = selfTest.low, let high = selfTest.high else { return nil }
        return Caveat(
            code: "control-drift",
            text: "The unprofiled program, compared with itself, has a slowdown of "
                + "\(Words.decimals(low, 3)) to \(Words.decimals(high, 3)), which excludes 1: "
                + "slowdowns this small are not reliable here.")
    }
}
