/// A sampler whose instants are not its own cannot look during a call that holds the interpreter's lock, so such calls
/// look smaller to it, and all else larger. A sampler that chose its instants looks there, too.
///
/// At a place with the true share p, let g be the part of the time that is in long calls by both witnesses: the one
/// sampler met the same call there tick after tick, and the other waited long for a look that it got there. With G the
/// sum over all places, the waiting sampler sees (p − g)/(1 − G). The rule holds where that lies on the side of its
/// share, and goes at least half of the way. The other sampler's share stands for p.
enum LongCallsVerdict {
    /// The expected shift is at least this part of the difference.
    static let leastPart = 0.5

    static func on(_ dispute: Dispute) -> Verdict? {
        for side in dispute.bothWays where side.own.kind == .sampling && side.own.instantsAreOwn && !side.own.isAliasing
        {
            guard side.other.kind == .sampling, !side.other.instantsAreOwn else { continue }
            let missed = side.own.longCalls.common(with: side.other.waits, as: dispute.place)
            let shift = shift(missed, at: dispute.place, trueShare: side.ownShare)
            guard Self.explains(shift, side.otherShare - side.ownShare), let most = Self.most(missed) else { continue }
            let place = shift < 0 ? (key: dispute.place, value: missed[dispute.place] ?? 0) : most
            return Verdict(
                likelier: side.own.name, rule: .longCallsHoldTheGIL,
                text: "`\(side.own.name)` is likelier: `\(side.other.name)` could not look during long calls in "
                    + "\(place.key.words), \(Words.percent(place.value)) of the time"
                    + (shift < 0 ? "." : ", so that the rest looks larger."))
        }
        return nil
    }

    /// Why one cannot tell, where the one sampler is not its own master and the other is.
    static func doubt(_ dispute: Dispute) -> String? {
        for side in dispute.bothWays where side.own.kind == .sampling && side.own.instantsAreOwn {
            guard side.other.kind == .sampling, !side.other.instantsAreOwn else { continue }
            return
                "the program chose when `\(side.other.name)` looked, but long calls do not explain the difference from "
                + "`\(side.own.name)`"
        }
        return nil
    }

    static func explains(_ shift: Double, _ difference: Double) -> Bool {
        shift * difference > 0 && abs(shift) >= leastPart * abs(difference)
    }

    private static func shift(_ missed: [DisputedPlace: Double], at place: DisputedPlace, trueShare: Double) -> Double {
        let all = missed.values.reduce(0, +)
        guard all < 1 else { return 0 }
        return (trueShare - (missed[place] ?? 0)) / (1 - all) - trueShare
    }

    /// The place of the largest share; of equal ones the same each time.
    private static func most(_ missed: [DisputedPlace: Double]) -> (key: DisputedPlace, value: Double)? {
        missed.max { ($0.value, $0.key.words) < ($1.value, $1.key.words) }
    }
}

extension DisputedPlace {
    /// `f`, or `p.py:12`, in backquotes.
    fileprivate var words: String {
        switch self {
        case .function(let function): "`\(function.name)`"
        case .line(let line): "`\(line.file.split(separator: "/").last ?? ""):\(line.line)`"
        }
    }
}
