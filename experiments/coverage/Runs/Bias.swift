import Measuring
import ProfileModel
import Statistics

/// Whether real runs of about 1,000 ticks cover, are right on average, pooled, and err no more than chance makes them.
struct Bias: Piece {
    var name: String { "bias" }

    private static let ticks = 1000
    private static let schedules: [Schedule] = [.jittered, .poisson]
    /// The runs of a cell that the figure of coverage asks for.
    private static let enoughToCover = 60

    private static let enoughTicks = 100_000
    private static let enoughRuns = 200
    /// Half a point.
    private static let allowed = 0.005
    private static let allowedVariation = 1.10

    func measure(in experiment: Experiment) async throws {
        let pooled = experiment.extent.pooledRuns
        try await RunCollecting(experiment: experiment, name: name)
            .collect(Self.kinds(experiment.firstWorkloads)) { kind, runs, ticks in
                ticks >= pooled.samples && (kind.arm.schedule != .poisson || runs >= pooled.poisson)
            }
    }

    func rows(from store: Store) throws -> [Row] {
        let cells = try store.cells(Self.schedules, aim: Self.ticks)
        return Self.coverage(cells) + cells.map(Self.meanError)
            + cells.filter { $0.schedule == Schedule.poisson.rawValue }.map(Self.totalVariation)
    }

    private static func kinds(_ workloads: [Workload]) -> [RunKind] {
        workloads.flatMap { workload in
            schedules.map { RunKind(workload: workload.halved, aim: ticks, arm: .run($0)) }
        }
    }

    private static func coverage(_ cells: [StoredCell]) -> [Row] {
        let coverages = cells.map(CellCoverage.init)
        let tests = Holm.adjusted(coverages.map { $0.picked.tooFew(for: edge($0.cell.schedule)) })
        return zip(coverages, tests).map { cell, p in
            let verdict: Verdict = p < Rule.level ? .missed : cell.picked.count >= enoughToCover ? .met : .undecided
            return Row(
                figure: "\(cell.cell.schedule), real runs, \(cell.cell.workload), N = \(cell.cell.aim)",
                asked: "at least \(Words.percent(edge(cell.cell.schedule), 0)), but for chance",
                measured: "\(cell.text); p = \(Words.decimals(p, 3))", from: cell.cell.size, verdict: verdict)
        }
    }

    private static func edge(_ schedule: String) -> Double { schedule == Schedule.jittered.rawValue ? 0.94 : 0.93 }

    /// Of the function that is furthest off; its interval is over runs.
    private static func meanError(_ cell: StoredCell) -> Row {
        let errors = Dictionary(grouping: cell.runs.flatMap(\.shares), by: \.function)
            .compactMapValues { Jackknife.mean($0.map { $0.share - $0.truth }) }
        let ticks = cell.runs.reduce(0) { $0 + $1.ticks }
        let worst = errors.max { (reach($0.value), $0.key) < (reach($1.value), $1.key) }
        let isInside = worst.map { reach($0.value) <= allowed } ?? false
        return Row(
            figure: "\(cell.schedule), bias, \(cell.workload)", asked: "every function's interval inside ±0.5 points",
            measured: worst.map {
                "furthest \($0.key) \(Words.decimals(100 * $0.value.value, 3)) \(Words.percent($0.value.bounds, 3))"
            } ?? "none",
            from: "\(ticks) samples of \(cell.size)",
            verdict: isOutside(worst?.value) ? .missed : ticks < enoughTicks ? .undecided : isInside ? .met : .missed)
    }

    /// The end of the interval that is further from 0.
    private static func reach(_ error: RoundsEstimate) -> Double {
        error.bounds.map { max(abs($0.low), abs($0.high)) } ?? .infinity
    }

    /// Whether no more runs could make it right.
    private static func isOutside(_ error: RoundsEstimate?) -> Bool {
        guard let bounds = error?.bounds else { return false }
        return bounds.low > allowed || bounds.high < -allowed
    }

    /// Total variation, estimate against truth, over functions and the rest of main, by its mean under
    /// Multinomial(N, truth): ½ Σ E|X/N − p|, each X binomial.
    private static func totalVariation(_ cell: StoredCell) -> Row {
        let runs = cell.runs.filter { $0.ticks > 0 }.map(RunVariation.init)
        let ratio = Jackknife.ratio(runs.map(\.seen), to: runs.map(\.expected))
        let isMet = ratio.map { $0.value <= allowedVariation } ?? false
        return Row(
            figure: "poisson, total variation / the multinomial's, \(cell.workload)", asked: "at most 1.10",
            measured: ratio.map { "\(Words.decimals($0.value, 3)) \(Words.interval($0.bounds, 3))" } ?? "none",
            from: Words.count(runs.count, "run"),
            verdict: runs.count < enoughRuns ? .undecided : isMet ? .met : .missed)
    }
}

/// How far a run's estimates are from its truth, and how far chance alone puts them on average.
private struct RunVariation {
    let seen: Double
    let expected: Double

    init(_ run: StoredRun) {
        let truth = run.shares.map(\.truth)
        let rest = max(0, 1 - truth.reduce(0, +))
        let seenRest = max(0, 1 - run.shares.reduce(0) { $0 + $1.share })
        seen = TotalVariation.between(truth + [rest], run.shares.map(\.share) + [seenRest])
        expected = (truth + [rest]).filter { $0 > 0 && $0 < 1 }.reduce(0) { sum, p in
            sum + BinomialMass(trials: run.ticks, probability: p).meanAbsoluteError(trials: run.ticks, probability: p)
                / 2
        }
    }
}
