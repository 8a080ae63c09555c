import Capture
import Measuring
import Statistics

/// How often the intervals of a cell's runs cover.
///
/// The functions of one run share its ticks, so they are no independent trials; runs are. Two figures
/// allow for that. *The test*: in each run one function is picked at random (from the run's seed), which
/// makes the runs independent trials of the mean coverage over functions, and the binomial test exact.
/// *The estimate*: each run's covered part of its functions, their mean, and the t interval over runs.
struct CellCoverage {
    let cell: StoredCell
    let picked: Trials
    /// The mean over runs of the covered part of the functions.
    let mean: RoundsEstimate?
    /// The function that is covered least often.
    let worst: (function: String, trials: Trials)?

    init(_ cell: StoredCell) {
        self.cell = cell
        picked = Trials(
            successes: cell.runs.count(where: \.isPickCovered), count: cell.runs.count)
        mean = Jackknife.mean(cell.runs.map(\.coveredPart))
        let byFunction = Dictionary(grouping: cell.runs.flatMap(\.shares), by: \.function)
            .mapValues { Trials(successes: $0.count(where: \.isCovered), count: $0.count) }
        worst = byFunction.min { ($0.value.part ?? 1, $0.key) < ($1.value.part ?? 1, $1.key) }.map {
            ($0.key, $0.value)
        }
    }

    var text: String {
        let all = mean.map(Words.all) ?? ""
        let least = worst.map { "least \($0.function) \($0.trials.text)" } ?? ""
        return [picked.text, all, least].joined(separator: "; ")
    }
}

extension StoredRun {
    /// Whether the one function that the run's seed picks is covered.
    var isPickCovered: Bool {
        var random = RandomSource(seed: seed)
        return shares.isEmpty ? false : shares[Int(random.next() % UInt64(shares.count))].isCovered
    }

    /// The part of its functions that are covered.
    var coveredPart: Double { Double(shares.count(where: \.isCovered)) / Double(max(1, shares.count)) }

    /// Over its functions.
    var meanSquaredError: Double {
        shares.reduce(0) { $0 + ($1.share - $1.truth) * ($1.share - $1.truth) } / Double(max(1, shares.count))
    }

    /// Share − truth of the function that truly had most: over all functions errors nearly cancel.
    var signedErrorOfLargest: Double {
        shares.max { ($0.truth, $0.function) < ($1.truth, $1.function) }.map { $0.share - $0.truth } ?? 0
    }
}
