import Glibc
import Testing

@testable import Statistics

/// The ratio over pairs of neighbouring passes: reference values, and how often its interval holds and finds a slowdown.
@Suite struct JackknifePairsTests {
    /// Computed apart, with NumPy and SciPy 1.17: log ratios of sums with one of 30 blocks of two pairs left out.
    @Test func ratioOverBlocksOfPairs() throws {
        let off = (0..<60).map { 5 + Double($0 * 7 % 11) / 10 }
        let on = (0..<60).map { 5.1 + Double($0 * 5 % 13) / 10 }
        let estimate = try #require(Jackknife.ratio(ofPairs: on, to: off))
        #expect(estimate.blocks.count == 30)
        let (low, high) = Self.reference
        #expect(abs(estimate.ratio.value - on.reduce(0, +) / off.reduce(0, +)) < 1e-12)
        #expect(abs(try #require(estimate.ratio.bounds).low - low) < 1e-9)
        #expect(abs(try #require(estimate.ratio.bounds).high - high) < 1e-9)
    }

    private static let reference = (1.0164669174470693, 1.0566273583648602)

    @Test func withFewPairsEachIsABlockAndUnderTenThereIsNoInterval() throws {
        let (on, off) = ([1.1, 1.2, 1.0, 1.3, 1.2, 1.1, 1.0, 1.2, 1.3, 1.1], [Double](repeating: 1, count: 10))
        #expect(try #require(Jackknife.ratio(ofPairs: on, to: off)).ratio == Jackknife.ratio(on, to: off))
        let nine = try #require(Jackknife.ratio(ofPairs: Array(on.dropLast()), to: Array(off.dropLast())))
        #expect(nine.ratio.bounds == nil && nine.ratio.value > 1)
        #expect(Jackknife.ratio(ofPairs: [], to: []) == nil)
        #expect(Jackknife.ratio(ofPairs: [1, 1], to: [0, 0]) == nil)
    }

    /// Blocks hold all pairs, in order, and are as even as can be.
    @Test(arguments: [10, 29, 30, 31, 299, 300, 1000]) func blocksHoldEveryPairOnce(pairs: Int) throws {
        var random = SplitMix(state: UInt64(pairs))
        let blocks = try #require(PairBlocks((0..<pairs).map { _ in random.normal() }))
        #expect(blocks.ranges.flatMap(Array.init) == Array(0..<pairs))
        let lengths = blocks.ranges.map(\.count)
        #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 1)
        #expect(blocks.sums([Double](repeating: 1, count: pairs)).reduce(0, +) == Double(pairs))
    }

    @Test func correlatedBlocksAreMadeLonger() throws {
        var random = SplitMix(state: 3)
        // A tide of 100 pairs: neighbouring blocks of ten are alike.
        let tide = (0..<300).map { sin(Double($0) / 100 * 2 * .pi) + 0.1 * random.normal() }
        #expect(try #require(PairBlocks(tide)).count == 15)
        let alike = try #require(PairBlocks([Double](repeating: 1, count: 300)))
        #expect(alike.count == 30 && alike.correlationOfPairs == nil && !alike.areCorrelated)
    }

    @Test func meansThatAreNotPaired() throws {
        let ratio = try #require(
            Jackknife.ratio(ofMeans: ([2, 4, 6], [1, 2, 3]), to: ([3, 3, 3], [3, 3, 3])))
        #expect(ratio.value == 2)
        #expect(abs(try #require(ratio.bounds).low - 2) < 1e-12)
        #expect(Jackknife.ratio(ofMeans: ([0, 0], [0, 0]), to: ([1, 1], [1, 1])) == nil)
        let rate = try #require(Jackknife.rate([-1, 1, -3], per: [1, 1, 1]))
        #expect(rate.value == -1 && (rate.bounds?.low ?? 0) < -1)
        #expect(Jackknife.rate([1], per: [0]) == nil)
    }

    // MARK: Coverage and power

    private static let experiments = 1500

    /// Pairs of passes on a machine whose speed wanders: what both passes of a pair share, with an autocorrelation from pair to
    /// pair, what each has alone, and a disturbance that lasts over several pairs and adds to the passes that it meets.
    private struct Machine {
        var random: SplitMix
        let correlation: Double
        let burst: Double
        private var level = 0.0
        private var isDisturbed = false

        init(_ seed: UInt64, correlation: Double, burst: Double) {
            (random, self.correlation, self.burst) = (SplitMix(state: seed), correlation, burst)
        }

        mutating func pair(_ slowdown: Double) -> (on: Double, off: Double) {
            level = correlation * level + (1 - correlation * correlation).squareRoot() * random.normal()
            if Double.random(in: 0..<1, using: &random) < 0.1 { isDisturbed.toggle() }
            let shared = exp(0.05 * level)
            return (slowdown * shared * pass(), shared * pass())
        }

        private mutating func pass() -> Double {
            let met = isDisturbed && Double.random(in: 0..<1, using: &random) < 0.3
            return 5 * random.factor(variation: 0.01) * (met ? 1 + burst : 1)
        }

        mutating func bounds(pairs: Int, slowdown: Double) throws -> Bounds {
            let times = (0..<pairs).map { _ in pair(slowdown) }
            return try #require(Jackknife.ratio(ofPairs: times.map(\.on), to: times.map(\.off))?.ratio.bounds)
        }
    }

    private func part(_ machine: Machine, pairs: Int, slowdown: Double, _ isSo: (Bounds) -> Bool) throws -> Double {
        var machine = machine
        var count = 0
        for _ in 0..<Self.experiments where isSo(try machine.bounds(pairs: pairs, slowdown: slowdown)) { count += 1 }
        return Double(count) / Double(Self.experiments)
    }

    @Test(arguments: [0.0, 0.9, 0.99], [0.0, 0.5])
    func theIntervalCovers(correlation: Double, burst: Double) throws {
        let machine = Machine(UInt64(1000 * correlation) + UInt64(100 * burst), correlation: correlation, burst: burst)
        for (pairs, slowdown) in [(40, 1.0), (300, 1.0), (300, 1.01)] {
            let held = try part(machine, pairs: pairs, slowdown: slowdown) { $0.low <= slowdown && slowdown <= $0.high }
            #expect((0.935...0.985).contains(held), "\(pairs) pairs, slowdown \(slowdown)")
        }
    }

    /// 300 pairs whose passes vary by 1 % alone: the standard error is 0.08 %.
    @Test(arguments: [(1.003, 0.85), (1.005, 0.99)])
    func aPlantedSlowdownIsFound(slowdown: Double, least: Double) throws {
        let machine = Machine(7, correlation: 0.9, burst: 0)
        #expect(try part(machine, pairs: 300, slowdown: slowdown) { $0.low > 1 } > least)
    }

    /// Where the error of a pair is correlated with its neighbours', as when the design itself costs more at times, blocks of
    /// one pair would hold far less than they say.
    @Test func blocksAreWiderThanSinglePairsWhereTheSlowdownWanders() throws {
        var random = SplitMix(state: 5)
        var held = (blocks: 0, pairs: 0)
        for _ in 0..<Self.experiments {
            var level = 0.0
            let on = (0..<300).map { _ in
                level = 0.8 * level + 0.6 * random.normal()
                return 5 * exp(0.01 * level)
            }
            let off = on.map { _ in 5 * random.factor(variation: 0.002) }
            let blocks = try #require(Jackknife.ratio(ofPairs: on, to: off)?.ratio.bounds)
            let pairs = try #require(Jackknife.ratio(on, to: off)?.bounds)
            let truth = exp(0.00005)
            if blocks.low <= truth, truth <= blocks.high { held.blocks += 1 }
            if pairs.low <= truth, truth <= pairs.high { held.pairs += 1 }
        }
        #expect(held.blocks > Self.experiments * 90 / 100 && held.pairs < Self.experiments * 60 / 100)
    }
}
