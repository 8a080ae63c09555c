import Capture
import Measuring
import Statistics

/// Whether slowdown intervals of real comparisons hold 1 where there is none, and 1.05 where one is planted.
///
/// Control against control goes by the wall time of the processes, as in `swprof compare`. The planted
/// slowdown goes by the seconds that the passes say they took: only without the interpreter's start are
/// they exactly 5 % apart.
struct RealComparisons: Piece {
    var name: String { "comparisons" }

    private static let passes = 100
    private static let morePasses = 105
    private static let planted = 1.05
    private static let enough = 200
    private static let asked = 0.92

    func measure(in experiment: Experiment) async throws {
        let extent = experiment.extent
        try experiment.store.checkUnchanged(.passes(Self.passes))
        for comparison in 0..<extent.comparisons {
            experiment.progress(name, comparison, extent.comparisons)
            for number in 0..<extent.rounds where try !isStored(comparison, number, experiment.store) {
                try await round(comparison, number, in: experiment)
            }
        }
    }

    private func isStored(_ comparison: Int, _ number: Int, _ store: Store) throws -> Bool {
        try store.has(ComparisonRoundRecord.self, ["comparison": comparison, "number": number])
    }

    private static let more = Arm(.control, program: "more passes")
    private static let arms: [Arm] = [.control, .selfTestControl, more]

    /// What a run of passes says of itself.
    private struct Passes: Decodable {
        var seconds: Double
    }

    /// Every arm once, in random order, each under conditions of its own.
    private func round(_ comparison: Int, _ number: Int, in experiment: Experiment) async throws {
        var random = RandomSource(seed: experiment.seed.of(name, String(comparison), String(number)))
        let round = try await Round.run(Self.arms, using: &random) {
            arm, conditions async throws -> (wall: Double, own: Double) in
            let workload = Workload.passes(arm == Self.more ? Self.morePasses : Self.passes)
            let run = try await experiment.starter.control(workload, conditions, environment: [:])
            return (run.seconds, try LastLine.decoded(Passes.self, run.output, of: workload.path).seconds)
        }
        guard let control = round[.control], let again = round[.selfTestControl], let more = round[Self.more] else {
            return
        }
        try experiment.store.insert(
            ComparisonRoundRecord(
                comparison: comparison, number: number, session: experiment.session, control: control.wall,
                again: again.wall,
                passes: control.own, morePasses: more.own))
    }

    func rows(from store: Store) throws -> [Row] {
        guard let rounds = try store.extent()?.rounds else { return [] }
        let stored = try store.records(ComparisonRoundRecord.self, by: "comparison", "number")
        let whole = Dictionary(grouping: stored, by: \.comparison).values.filter { $0.count == rounds }
        guard !whole.isEmpty else { return [] }
        let same = whole.map { Jackknife.ratio($0.map(\.again), to: $0.map(\.control)) }
        let slower = whole.map { Jackknife.ratio($0.map(\.morePasses), to: $0.map(\.passes)) }
        return [
            row("control against control holds 1", same, 1, rounds),
            row("a planted slowdown of 5 % holds 1.05", slower, Self.planted, rounds),
        ]
    }

    private func row(_ figure: String, _ estimates: [RoundsEstimate?], _ truth: Double, _ rounds: Int) -> Row {
        let widths = estimates.compactMap { $0?.bounds?.width }
        let trials = Trials(successes: estimates.count { $0?.bounds?.covers(truth) ?? false }, count: estimates.count)
        let isMet = trials.part.map { $0 >= Self.asked } ?? false
        return Row(
            figure: figure, asked: "at least \(Words.percent(Self.asked, 0))",
            measured:
                "\(trials.text); mean width \(Words.decimals(widths.reduce(0, +) / Double(max(1, widths.count)), 4))",
            from: "\(Words.count(trials.count, "comparison")) of \(rounds) rounds",
            verdict: trials.count < Self.enough ? .undecided : isMet ? .met : .missed)
    }
}
