/// Whether a figure is what was asked.
enum Verdict: String, Sendable, Codable {
    case met, missed
    /// There is not enough to say.
    case undecided
}
