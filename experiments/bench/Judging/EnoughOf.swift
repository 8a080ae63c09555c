import Measuring

/// What is asked of a figure that is counted: that enough trials of all of them succeed.
struct EnoughOf: Sendable {
    /// 18 of 20, as a part.
    var part = 0.9

    func needed(of trials: Int) -> Int { Int((Double(trials) * part).rounded(.up)) }

    /// Undecided under 20 trials: a quick look proves nothing.
    func verdict(successes: Int, of trials: Int) -> Verdict {
        guard trials >= 20 else { return .undecided }
        return successes >= needed(of: trials) ? .met : .missed
    }
}
