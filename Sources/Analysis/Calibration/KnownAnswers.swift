import ProfileModel
import Statistics

/// What compensation makes of programs with a known answer that the costs were not learned from.
///
/// A program's true share is its part of the time of all in plain processes. Rounds are averaged first, so what remains is the
/// error of the method and little of the noise.
struct KnownAnswers {
    /// The shares of one program, each of its own whole. `gross` is as measured but for the stretch, and a part of the
    /// compensated whole.
    private struct Shares {
        var truth: Double
        var measured: Double
        var compensated: Double
        var gross: Double
    }

    private var programs: [Shares]

    /// `nil` where there are not two programs that all rounds saw.
    init?(_ rounds: [CalibrationRound], _ costs: ProbeCosts) {
        let byRound = rounds.map { Self.shares($0, costs) }
        guard let first = byRound.first else { return nil }
        programs = first.keys.compactMap { program in
            let all = byRound.compactMap { $0[program] }
            return all.count == byRound.count ? Self.mean(all) : nil
        }
        guard programs.count > 1 else { return nil }
    }

    var checks: CompensationChecks {
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
    private func error(_ share: (Shares) -> Double) -> Double {
        let squares = programs.reduce(0.0) { $0 + (share($1) - $1.truth) * (share($1) - $1.truth) }
        return (squares / Double(programs.count)).squareRoot()
    }

    private static func mean(_ all: [Shares]) -> Shares {
        func mean(_ share: (Shares) -> Double) -> Double { all.reduce(0) { $0 + share($1) } / Double(all.count) }
        return Shares(truth: mean(\.truth), measured: mean(\.measured), compensated: mean(\.compensated), gross: mean(\.gross))
    }

    private static func shares(_ round: CalibrationRound, _ costs: ProbeCosts) -> [CalibrationLoop: Shares] {
        let load = CompensatedLoad(round.profile, costs, holds: Array(repeating: true, count: round.profile.stacks.count))
        let traced = PrintedLoops(round.traced)
        let truth = PrintedLoops(round.control).checks()
        let measured = LoopTimes(round.profile, load.measured).checks(traced)
        let compensated = LoopTimes(round.profile, load.value).checks(traced)
        let gross = LoopTimes(round.profile, load.gross).checks(traced)
        let seen = truth.filter { measured[$0.key] != nil }
        func whole(_ times: [CalibrationLoop: Double]) -> Double { seen.keys.reduce(0) { $0 + (times[$1] ?? 0) } }
        let wholes = (truth: whole(truth), measured: whole(measured), compensated: whole(compensated))
        guard wholes.truth > 0, wholes.measured > 0, wholes.compensated > 0 else { return [:] }
        return seen.keys.reduce(into: [:]) { shares, loop in
            guard let truth = truth[loop], let measured = measured[loop], let compensated = compensated[loop], let gross = gross[loop], gross > 0
            else { return }
            shares[loop] = Shares(
                truth: truth / wholes.truth, measured: measured / wholes.measured, compensated: compensated / wholes.compensated,
                gross: gross / wholes.compensated)
        }
    }
}

/// What was charged to loops and all that they call, by loop and pass, in nanoseconds.
private struct LoopTimes {
    private var times: [CalibrationLoop: [Int: Double]] = [:]

    /// - Parameter values: by stack.
    init(_ profile: Profile, _ values: [Double]) {
        let checks = Places(ofStacks: CalibrationPath.ofAll(profile).map { $0?.loop.kind == .check ? $0 : nil })
        for (path, time) in zip(checks.keys, checks.own.sums(ofStackValues: values)) { times[path.loop, default: [:]][path.pass] = time }
    }

    /// The median over passes, at the pace of the process itself.
    func checks(_ printed: PrintedLoops) -> [CalibrationLoop: Double] {
        times.reduce(into: [:]) { medians, times in medians[times.key] = printed.medianTime(of: times.key, times.value) }
    }
}
