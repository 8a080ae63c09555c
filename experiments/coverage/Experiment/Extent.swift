/// How much of everything is measured. Stored with the results, which are read by it.
struct Extent: Codable, Equatable, Sendable {
    var name: String
    /// N of the enumeration.
    var enumerated: [Int]
    /// Multinomial draws for each set of shares and N.
    var multinomialDraws: Int
    /// Simulated experiments for each cell.
    var simulations: Int
    /// Timelines recorded of each workload, and draws of each cell over all of them.
    var timelines: Int
    var draws: Int
    /// N of the draws.
    var drawnTicks: [Int]
    /// Runs of each workload under each condition at 1 kHz, and under the conditions that get fewer.
    var runs: Int
    var fewerRuns: Int
    /// Of each condition only every so-manieth workload.
    var everyWorkload: Int
    /// The same, where bias and total variation are asked for.
    var pooledRuns: PooledRuns
    /// Periodic runs at N = 5,000: of each kind of lockstep, and of each workload without a period.
    var lockstepRuns: Int
    var alarmRuns: Int
    /// Short blocks profiled on a quiet and on a busy machine, each.
    var blocks: Int
    /// Real comparisons, and the rounds of each.
    var comparisons: Int
    var rounds: Int

    struct PooledRuns: Codable, Equatable, Sendable {
        var poisson: Int
        /// Samples of a cell together; runs are added until there are so many.
        var samples: Int
    }
}

extension Extent {
    /// What the figures ask for; takes about two hours on a quiet machine.
    static let full = Extent(
        name: "full", enumerated: [30, 50, 75, 100, 150, 300, 1000, 5000], multinomialDraws: 20_000,
        simulations: 20_000,
        timelines: 20, draws: 2000, drawnTicks: [100, 300, 1000, 5000], runs: 40, fewerRuns: 20, everyWorkload: 1,
        pooledRuns: PooledRuns(poisson: 200, samples: 100_000), lockstepRuns: 100, alarmRuns: 30, blocks: 400,
        comparisons: 200, rounds: 10)

    /// Under ten minutes; decides what needs no real run, and shows that the rest works.
    static let quick = Extent(
        name: "quick", enumerated: [30, 50, 75, 100, 150, 300, 1000, 5000], multinomialDraws: 2000, simulations: 2000,
        timelines: 2, draws: 500, drawnTicks: [100, 300, 1000, 5000], runs: 2, fewerRuns: 1, everyWorkload: 5,
        pooledRuns: PooledRuns(poisson: 3, samples: 0), lockstepRuns: 4, alarmRuns: 1, blocks: 20,
        comparisons: 4, rounds: 10)
}
