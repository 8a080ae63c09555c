import ProfileModel
import Statistics

/// What one arm did to a program.
public struct ArmFinding: Encodable, Sendable, Equatable {
    public var name: String
    public var settings: ArmSettings
    /// The cell's content, as a hash.
    public var cell: String
    @ExplicitNull public var kind: Kind?
    /// Those that ended well.
    public var runs: Int
    /// Profiled over control wall time.
    @ExplicitNull public var slowdown: Ratio?
    /// Profiled less control CPU time, in seconds.
    @ExplicitNull public var added: Interval?
    @ExplicitNull public var ledger: Ledger?
    /// How the wall times settle over the rounds; null under ten of them.
    @ExplicitNull public var settling: Settling?
    /// Runs that are far out; they are in all figures.
    public var outliers: Int
    public var failures: [FailureFinding] = []
    public var shares: [ShareFinding] = []
    /// Which function, or line, was the hottest in how many runs.
    public var hottest: [HottestFinding] = []
}

extension ArmFinding {
    init(_ cell: MeasuredCell, _ pairing: RoundPairing) {
        let paired = pairing.paired(cell)
        let walls = cell.runs.map(\.wall)
        self.init(
            name: cell.arm, settings: cell.settings, cell: cell.id, kind: cell.kind, runs: cell.runs.count,
            slowdown: Jackknife.ratio(paired.map(\.run.wall), to: paired.map(\.control.wall)).map(Ratio.init),
            added: Jackknife.mean(paired.map { $0.run.cpu - $0.control.cpu }).map(Interval.init),
            ledger: cell.ledger, settling: Settling(walls),
            outliers: Fences(walls).map { fences in walls.count { !fences.holds($0) } } ?? 0,
            failures: cell.failures.findings, shares: ShareFinding.all(of: cell), hottest: HottestFinding.all(of: cell))
    }
}
