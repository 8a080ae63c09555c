import ProfileModel
import Statistics

/// What compensation makes of programs with a known answer that the costs were not learned from.
///
/// A program's true share is its part of the time of all in plain processes. Times are averaged over rounds first, so what
/// remains is the error of the method and little of the noise.
struct KnownAnswers {
    /// What one program took, in nanoseconds; or its shares, each of its own whole. `gross` is as measured but for the
    /// stretch, and a part of the compensated whole.
    private struct Values {
        var truth = 0.0
        var measured = 0.0
        var compensated = 0.0
        var gross = 0.0

        static func + (a: Self, b: Self) -> Self {
            Self(
                truth: a.truth + b.truth, measured: a.measured + b.measured, compensated: a.compensated + b.compensated,
                gross: a.gross + b.gross)
        }
    }

    private let programs: [Values]
    /// The costs leave some time of all programs. Where they do not, they are more than all that was measured, and no
    /// share can be told.
    private let leavesTime: Bool

    /// `nil` where there are not two programs that all rounds saw.
    init?(_ rounds: [CalibrationRound], _ costs: ProbeCosts) {
        let byRound = rounds.map { Self.times($0, costs) }
        guard let first = byRound.first else { return nil }
        let times = first.keys.compactMap { program -> Values? in
            let all = byRound.compactMap { $0[program] }
            return all.count == byRound.count ? all.reduce(Values(), +) : nil
        }
        let whole = times.reduce(Values(), +)
        guard times.count > 1, whole.truth > 0, whole.measured > 0 else { return nil }
        leavesTime = whole.compensated > 0
        programs = times.map {
            Values(
                truth: $0.truth / whole.truth, measured: $0.measured / whole.measured,
                compensated: $0.compensated / whole.compensated, gross: $0.gross / whole.compensated)
        }
    }

    var checks: CompensationChecks {
        // An error of a share is at most 1.
        guard leavesTime else {
            return CompensationChecks(
                programs: programs.count, measured: error(\.measured), compensated: 1, unexplained: 1)
        }
        let unexplained = programs.reduce(0.0) { sum, shares in
            let error = (shares.compensated - shares.truth) / shares.gross
            return sum + error * error
        }
        return CompensationChecks(
            programs: programs.count, measured: error(\.measured), compensated: error(\.compensated),
            // The shares add up to 1, so one of them follows from the others.
            unexplained: (unexplained / Double(programs.count - 1)).squareRoot())
    }

    /// The root mean square over programs.
    private func error(_ share: (Values) -> Double) -> Double {
        let squares = programs.reduce(0.0) { $0 + (share($1) - $1.truth) * (share($1) - $1.truth) }
        return (squares / Double(programs.count)).squareRoot()
    }

    /// Of the programs of one round that the profile saw.
    private static func times(_ round: CalibrationRound, _ costs: ProbeCosts) -> [CalibrationLoop: Values] {
        let load = CompensatedLoad(
            round.profile, costs, holds: Array(repeating: true, count: round.profile.stacks.count))
        let traced = PrintedLoops(round.traced)
        let measured = LoopTimes(round.profile, load.measured).checks(traced)
        let compensated = LoopTimes(round.profile, load.value).checks(traced)
        let gross = LoopTimes(round.profile, load.gross).checks(traced)
        return PrintedLoops(round.control).checks().reduce(into: [:]) { times, program in
            guard let measured = measured[program.key], let compensated = compensated[program.key],
                let gross = gross[program.key],
                gross > 0
            else { return }
            times[program.key] = Values(
                truth: program.value, measured: measured, compensated: compensated, gross: gross)
        }
    }
}

/// What was charged to loops and all that they call, by loop and pass, in nanoseconds.
private struct LoopTimes {
    private var times: [CalibrationLoop: [Int: Double]] = [:]

    /// - Parameter values: by stack.
    init(_ profile: Profile, _ values: [Double]) {
        let checks = Places(ofStacks: CalibrationPath.ofAll(profile).map { $0?.loop.kind == .check ? $0 : nil })
        for (path, time) in zip(checks.keys, checks.own.sums(ofStackValues: values)) {
            times[path.loop, default: [:]][path.pass] = time
        }
    }

    /// The median over passes, at the pace of the process itself.
    func checks(_ printed: PrintedLoops) -> [CalibrationLoop: Double] {
        times.reduce(into: [:]) { medians, times in medians[times.key] = printed.medianTime(of: times.key, times.value)
        }
    }
}
