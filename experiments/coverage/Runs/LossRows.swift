import Measuring
import Statistics

/// The rows that pool runs of all programs and conditions by the part of the ticks that they lost.
struct LossRows {
    private let runs: [StoredRun]

    private static let edges = [0, 0.005, 0.02, 0.05, 0.10, .infinity]
    private static let edge = 0.94
    private static let enough = 40

    /// - Parameter cells: those of one schedule are asked for; of others none is counted.
    init(_ cells: [StoredCell]) {
        runs = cells.filter { $0.schedule == "jittered" }.flatMap(\.runs)
    }

    var rows: [Row] {
        let bins = zip(Self.edges, Self.edges.dropFirst()).map { low, high in
            (name: Self.name(low, high), runs: runs.filter { low <= $0.lostPart && $0.lostPart < high })
        }
        let measured = bins.filter { !$0.runs.isEmpty }
        let tests = Holm.adjusted(measured.map { Self.picked($0.runs).tooFew(for: Self.edge) })
        return zip(measured, tests).map { Self.row($0.name, $0.runs, p: $1) }
    }

    private static func name(_ low: Double, _ high: Double) -> String {
        let words = { (part: Double) in Words.decimals(100 * part, part == 0.005 ? 1 : 0) }
        return high.isFinite ? "\(words(low)) to \(words(high)) % of ticks lost" : "over \(words(low)) % of ticks lost"
    }

    private static func picked(_ runs: [StoredRun]) -> Trials {
        Trials(successes: runs.count(where: \.isPickCovered), count: runs.count)
    }

    private static func row(_ name: String, _ runs: [StoredRun], p: Double) -> Row {
        let picked = picked(runs)
        let all = ClusteredMean.of(runs.map(\.coveredPart))
        let error = ClusteredMean.of(runs.map(\.meanSquaredError))
        let bias = ClusteredMean.of(runs.map(\.signedErrorOfLargest))
        return Row(
            figure: "by loss, \(name)", asked: "at least \(Words.percent(edge, 0)), but for chance",
            measured: [
                picked.text, all.map(Words.all),
                bias.map { "bias of the largest \(Words.decimals(100 * $0.value, 2)) \(Words.percent($0.bounds, 2))" },
                error.map { "root-mean-square error \(Words.decimals(100 * $0.value.squareRoot(), 2))" },
                "p = \(Words.decimals(p, 3))",
            ].compactMap { $0 }.joined(separator: "; "),
            from: Words.count(runs.count, "run"),
            verdict: p < Rule.level ? .missed : runs.count >= enough ? .met : .undecided)
    }
}
