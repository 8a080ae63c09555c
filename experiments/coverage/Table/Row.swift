/// One line of the table: a figure, what was asked, what was measured.
struct Row: Sendable, Equatable, Encodable {
    var figure: String
    var asked: String
    var measured: String
    /// What the figure was measured from, such as `60 runs`.
    var from: String
    /// `nil` for what is shown and not asked for.
    var verdict: Verdict?
}
