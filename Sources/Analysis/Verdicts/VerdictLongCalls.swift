/// A sampler whose instants are not its own, and that had to wait for them, saw the program only where
/// the program let it look, as where the interpreter's lock is handed over after a long C call. A
/// sampler that chose its instants did not.
enum LongCallsVerdict {
    /// Ticks come so many times further apart than asked for where there was waiting.
    static let leastStretch = 1.5
    /// Or such a part of the ticks due was lost.
    static let leastLost = 0.2

    static func on(_ dispute: Dispute) -> Verdict? {
        for side in dispute.bothWays where side.own.kind == .sampling && side.own.instantsAreOwn {
            guard side.other.kind == .sampling, !side.other.instantsAreOwn, let waiting = waiting(side.other)
            else { continue }
            return Verdict(
                likelier: side.own.name, rule: .longCallsHoldTheGIL,
                text: "`\(side.own.name)` is likelier: `\(side.other.name)` can look only where the program "
                    + "lets it, not during a long call that holds the lock; \(waiting).")
        }
        return nil
    }

    /// The evidence of waiting in words; `nil` where there is none.
    private static func waiting(_ design: DesignEvidence) -> String? {
        if let asked = design.askedGap, let realised = design.realisedGap, realised >= leastStretch * asked {
            return "its looks came \(Words.milliseconds(realised)) apart on average where "
                + "\(Words.milliseconds(asked)) was asked for"
        }
        return design.lost >= leastLost ? "it lost \(Words.percent(design.lost)) of its looks" : nil
    }
}
