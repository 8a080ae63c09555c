import Capture
import Measuring
import Statistics

/// Poisson: whether the intervals of all functions cover at once, by multinomial draws.
struct Simultaneous: Piece {
    var name: String { "simultaneous" }

    static let asked = Rule.atLeast(0.94)
    private static let ticks = [100, 1000, 5000]

    /// By name: the true shares of all functions.
    static let truths: [(name: String, shares: [Double])] = [
        ("5 equal", Array(repeating: 1.0 / 5, count: 5)),
        ("50 equal", Array(repeating: 1.0 / 50, count: 50)),
        ("Zipf of 50", zipf(50)),
        ("90 % and 9 others", [0.9] + Array(repeating: 0.1 / 9, count: 9)),
    ]

    private static func zipf(_ count: Int) -> [Double] {
        let whole = (1...count).reduce(0) { $0 + 1 / Double($1) }
        return (1...count).map { 1 / Double($0) / whole }
    }

    func measure(in experiment: Experiment) async throws {
        let cells = Self.truths.flatMap { truth in Self.ticks.map { (truth, $0) } }
        for (done, (truth, ticks)) in cells.enumerated() {
            experiment.progress(name, done, cells.count)
            guard try !isStored(truth.name, ticks, experiment.store) else { continue }
            let draws = MultinomialDraws(
                shares: truth.shares, ticks: ticks, seed: experiment.seed.of(name, truth.name, String(ticks)))
            let trials = draws.covered(of: experiment.extent.multinomialDraws)
            try experiment.store.insert(
                SimultaneousRecord(shares: truth.name, n: ticks, draws: trials.count, covered: trials.successes))
        }
    }

    private func isStored(_ truth: String, _ ticks: Int, _ store: Store) throws -> Bool {
        try store.has(SimultaneousRecord.self, ["shares": truth, "n": ticks])
    }

    func rows(from store: Store) throws -> [Row] {
        let stored = try store.records(SimultaneousRecord.self, by: "shares", "n")
        return stored.map { stored in
            let trials = Trials(successes: stored.covered, count: stored.draws)
            return Row(
                figure: "poisson, all shares at once, \(stored.shares), N = \(stored.n)", asked: Self.asked.text,
                measured: trials.text, from: Words.count(stored.draws, "draw"), verdict: Self.asked.verdict(on: trials))
        }
    }
}

/// Draws of N independent ticks over functions with known shares.
struct MultinomialDraws {
    private let shares: [Double]
    private let upTo: [Double]
    private let ticks: Int
    private let seed: UInt64

    init(shares: [Double], ticks: Int, seed: UInt64) {
        self.shares = shares
        self.ticks = ticks
        self.seed = seed
        var sum = 0.0
        upTo = shares.map { share in
            sum += share
            return sum
        }
    }

    /// In how many draws every one of the Bonferroni intervals holds its function's share.
    func covered(of draws: Int) -> Trials {
        var random = RandomSource(seed: seed)
        var intervals = PoissonIntervals(ticks: ticks, confidence: 1 - 0.05 / Double(shares.count))
        var trials = Trials(successes: 0, count: draws)
        for _ in 0..<draws {
            let counts = counts(&random)
            let isCovered = zip(counts, shares).allSatisfy { intervals.interval($0).covers($1) }
            trials.successes += isCovered ? 1 : 0
        }
        return trials
    }

    private func counts(_ random: inout RandomSource) -> [Int] {
        var counts = Array(repeating: 0, count: shares.count)
        for _ in 0..<ticks { counts[function(at: random.uniform())] += 1 }
        return counts
    }

    private func function(at instant: Double) -> Int {
        var low = 0
        var high = upTo.count - 1
        while low < high {
            let middle = (low + high) / 2
            if upTo[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
