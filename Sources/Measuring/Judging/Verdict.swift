/// Whether a figure is what was asked.
public enum Verdict: String, Sendable, Codable {
    case met, missed
    /// There is not enough to say: the interval is too wide, holds both answers, or is of too few trials.
    case undecided
    /// It could not be measured; the row's text says why.
    case failed
}
