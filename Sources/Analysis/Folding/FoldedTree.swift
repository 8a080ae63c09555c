import ProfileModel

/// Where a run's time goes from the user's own side: a call tree by total time, own lines, and whose code ran.
public struct FoldedTree: Encodable, Sendable, Equatable {
    /// Folders and files whose code counts as own.
    public var own: [String]
    /// The package that counts as own because no other own code ran.
    @ExplicitNull public var standIn: String?
    /// Callers before what they call, the heaviest first.
    public var rows: [FoldedRow] = []
    /// Own lines, each with all that it calls which is not own; the heaviest first.
    public var lines: [FoldedLine] = []
    /// Whose code ran; the heaviest first.
    public var parts: [FoldedPart] = []

    /// Rows below this share are left out.
    static let leastShare = 0.001

    public init(
        own: [String], standIn: String? = nil, rows: [FoldedRow] = [], lines: [FoldedLine] = [],
        parts: [FoldedPart] = []
    ) {
        (self.own, self.standIn, self.rows, self.lines, self.parts) = (own, standIn, rows, lines, parts)
    }

    /// `nil` of profiles that have no whole stacks.
    init?(_ profile: Profile, _ scope: Scope, _ estimator: any ShareEstimator) {
        guard profile.inclusive == nil else { return nil }
        let code = OwnCode(profile)
        let folded = FoldedRun(profile, code, within: scope.within)
        self.init(own: code.paths, standIn: code.standIn)
        rows = folded.rows { CodeOrigin(notOwn: $0).package }
        parts = folded.parts
        lines = FoldedLine.lines(folded.ownLines, profile, estimator)
    }

    /// Raises the upper bounds by the part of the stacks that are cut.
    mutating func raiseTotals(by cut: Double) {
        for at in rows.indices where cut > 0 { rows[at].total.raise(by: cut) }
    }

    /// Widens the worst cases by what is in no figure.
    func widened(by unaccounted: Double) -> FoldedTree {
        var wide = self
        for at in rows.indices { wide.rows[at].total = rows[at].total.widened(by: unaccounted) }
        for at in lines.indices { wide.lines[at].time = lines[at].time.widened(by: unaccounted) }
        for at in parts.indices { wide.parts[at].time = parts[at].time.widened(by: unaccounted) }
        return wide
    }
}
