import ProfileModel

/// What two runs of one version are averaged by.
protocol Averaging {
    static func mean(_ a: Self, _ b: Self) -> Self
}

/// One run of one version, by the names that both versions share.
struct VersionRun: Averaging {
    /// Of the whole process; thread-time on the clock `cpu`, and where nobody measured it.
    var seconds: Double
    /// The thread-time, in seconds.
    var whole: Double
    var functions: GateRun
    var lines: [SourceLine: Double]
    var profile: Profile

    init(_ run: ComparisonArm.Run, _ paths: PortablePaths) {
        let isMeasured = run.profile.clock == .wall && run.seconds > 0
        functions = GateRun(run.profile, seconds: isMeasured ? run.seconds : nil, paths: paths)
        (seconds, profile) = (functions.seconds, run.profile)
        whole = run.tally.whole * 1e-9
        lines = run.tally.common.lines.mapValues { $0 * 1e-9 }
    }

    /// The mean of two runs of one version.
    static func mean(_ a: VersionRun, _ b: VersionRun) -> VersionRun {
        var mean = a
        (mean.seconds, mean.whole) = ((a.seconds + b.seconds) / 2, (a.whole + b.whole) / 2)
        mean.functions = .mean(a.functions, b.functions)
        mean.lines = a.lines.merging(b.lines, uniquingKeysWith: +).mapValues { $0 / 2 }
        return mean
    }
}
