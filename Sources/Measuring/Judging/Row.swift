import Statistics

/// One line of a table of results: a figure, what was asked, what was measured.
public struct Row: Sendable, Equatable, Encodable {
    public var figure: String
    public var asked: String
    public var measured: String
    /// What the figure was measured from, such as `60 runs`.
    public var from: String
    /// `nil` where nothing is asked of it: it stands beside other figures.
    public var verdict: Verdict?
    /// The figure as a number, with its interval.
    public var value: Double?
    public var low: Double?
    public var high: Double?

    public init(figure: String, asked: String, measured: String, from: String, verdict: Verdict?, value: Double? = nil)
    {
        (self.figure, self.asked, self.measured, self.from) = (figure, asked, measured, from)
        (self.verdict, self.value) = (verdict, value)
    }

    /// With the numbers of an estimate.
    public init(
        figure: String, asked: String, measured: String, from: String, verdict: Verdict?, estimate: RoundsEstimate?
    ) {
        self.init(
            figure: figure, asked: asked, measured: measured, from: from, verdict: verdict, value: estimate?.value)
        (low, high) = (estimate?.bounds?.low, estimate?.bounds?.high)
    }

    public static let header = ["figure", "asked", "measured [95 % interval]", "from", "verdict"]

    public var cells: [String] { [figure, asked, measured, from, verdict?.rawValue ?? ""] }
}
