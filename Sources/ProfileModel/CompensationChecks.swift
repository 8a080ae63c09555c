/// How far off a design's shares were on programs with a known answer that its calibration had not seen.
///
/// The truth is that of unprofiled processes. Errors are root mean squares over the programs' shares, 0 to 1.
public struct CompensationChecks: Sendable, Equatable, Codable {
    /// How many programs there were.
    public var programs: Int
    public var measured: Double
    public var compensated: Double
    /// What the costs do not explain: the standard error that a compensated time has, as a part of what was measured
    /// (divided by the stretch where there is one).
    public var unexplained: Double

    public init(programs: Int, measured: Double, compensated: Double, unexplained: Double) {
        (self.programs, self.measured, self.compensated, self.unexplained) = (
            programs, measured, compensated, unexplained
        )
    }

    /// Whether compensation did any good.
    public var improved: Bool { compensated < measured }

    /// Files come from outside.
    var isSound: Bool { programs > 1 && [measured, compensated, unexplained].allSatisfy { $0 >= 0 && $0 < 1e3 } }
}
