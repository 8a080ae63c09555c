import FoundationEssentials
import Testing

@testable import Statistics

/// Closed forms against SciPy and statsmodels, to 1e-9; `reference.py` wrote their values.
struct ReferenceTests {
    private let reference: Reference

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference.json")
        reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }

    /// Relative, but for what rounding leaves of a 0.
    private func agree(_ ours: Double?, _ theirs: Double) -> Bool {
        guard let ours else { return false }
        return abs(ours - theirs) <= max(1e-9 * abs(theirs), 1e-15)
    }

    private func agree(_ ours: Bounds?, _ low: Double, _ high: Double) -> Bool {
        agree(ours?.low, low) && agree(ours?.high, high)
    }

    @Test func binomialIntervals() {
        for row in reference.wilson {
            #expect(agree(Wilson.interval(row.x, of: row.n, confidence: row.confidence), row.low, row.high), "\(row)")
        }
        for row in reference.clopperPearson {
            #expect(
                agree(ClopperPearson.interval(row.x, of: row.n, confidence: row.confidence), row.low, row.high),
                "\(row)")
        }
        for row in reference.midP {
            #expect(agree(MidP.interval(row.x, of: row.n, confidence: row.confidence), row.low, row.high), "\(row)")
        }
    }

    @Test func blakersIntervals() {
        for row in reference.blaker {
            #expect(agree(Blaker.interval(row.x, of: row.n, confidence: row.confidence), row.low, row.high), "\(row)")
        }
    }

    @Test func quantiles() {
        for row in reference.normalQuantiles { #expect(agree(Quantile.normal(row.p), row.value), "\(row)") }
        for row in reference.studentQuantiles {
            #expect(agree(Quantile.student(row.p, degreesOfFreedom: row.df), row.value), "\(row)")
        }
        for row in reference.betaQuantiles { #expect(agree(Quantile.beta(row.p, row.a, row.b), row.value), "\(row)") }
    }

    @Test func boundariesAtAllTimes() {
        for row in reference.boundaries {
            #expect(agree(GammaExponentialMixture.boundary(row.v, error: row.error), row.value), "\(row)")
        }
    }

    @Test func pairsOfPoissonProcesses() {
        for row in reference.poissonPairs {
            #expect(agree(PoissonPair.logMean(row.share, on: row.x, off: row.y), row.value), "\(row)")
        }
    }

    @Test func exactTests() {
        for row in reference.fisher {
            #expect(agree(FisherExactTest.p(row.x1, of: row.n1, row.x2, of: row.n2), row.p), "\(row)")
        }
        for row in reference.binomialTests {
            #expect(agree(BinomialTest.isBelow(row.edge, row.x, of: row.n), row.below), "\(row)")
            #expect(agree(BinomialTest.isAbove(row.edge, row.x, of: row.n), row.above), "\(row)")
        }
    }

    @Test func multiplicity() {
        for row in reference.adjustments {
            for (ours, theirs) in zip(Holm.adjusted(row.p), row.holm) { #expect(agree(ours, theirs)) }
            for (ours, theirs) in zip(BenjaminiHochberg.adjusted(row.p), row.benjaminiHochberg) {
                #expect(agree(ours, theirs))
            }
        }
    }

    @Test func ranksAndCounts() {
        for row in reference.rankCorrelations { #expect(agree(KendallTau.b(row.x, row.y), row.tau), "\(row)") }
        for row in reference.likelihoodRatios {
            let ours = TimelineNull(.independent(row.a), .independent(row.b), seed: 1)?.g
            // The mean effect is 1 only with the pooled shares as the runs' own; p is drawn.
            #expect(agree((ours?.statistic ?? 0) * (ours?.designEffect ?? 0), row.statistic), "\(row)")
            #expect(abs((ours?.designEffect ?? 0) - 1) < 0.02 && abs((ours?.p ?? 0) - row.p) < 0.05, "\(row)")
        }
    }

    @Test func means() {
        for row in reference.means {
            let ours = ClusteredMean.of(row.values, confidence: row.confidence)
            #expect(agree(ours?.value, row.mean) && agree(ours?.bounds, row.low, row.high), "\(row)")
            guard row.confidence == 0.95 else { continue }
            let jackknife = Jackknife.mean(row.values)
            #expect(agree(jackknife?.value, row.mean))
        }
    }

    @Test func crossedEffects() {
        for row in reference.crossedEffects {
            let ours = CrossedEffects(row.blocks)
            #expect(zip(ours.mean, row.mean).allSatisfy { agree($0, $1) })
            for (our, their) in zip(ours.covariance, row.covariance) {
                #expect(zip(our, their).allSatisfy { agree($0, $1) })
            }
            #expect(agree(ours.degreesOfFreedom, row.df))
            let variance = Covariance.variance(row.gradient, ours.covariance)
            #expect(agree(variance, row.variance))
            let source = CombinedInterval.Source(variance: variance, degreesOfFreedom: ours.degreesOfFreedom)
            #expect(agree(CombinedInterval.bounds(0, [source]), -row.reach, row.reach))
        }
    }

    @Test func regressions() throws {
        for row in reference.regressions {
            let ours = try #require(OverheadRegression(row.rows.map(\.row)))
            for (index, coefficient) in ours.weighted.enumerated() {
                #expect(agree(coefficient.value, row.values[index]))
                #expect(agree(coefficient.bounds, row.bounds[index][0], row.bounds[index][1]))
            }
            #expect((ours.lackOfFit == nil) == (row.lackOfFit == nil))
            if let theirs = row.lackOfFit {
                #expect(agree(ours.lackOfFit?.f, theirs.f) && agree(ours.lackOfFit?.p, theirs.p))
            }
            #expect(ours.leftOut.count == row.leftOut.count)
            for (our, their) in zip(ours.leftOut, row.leftOut) {
                #expect(agree(our.measured, their.measured) && agree(our.predicted, their.predicted))
            }
        }
    }
}

/// The cases of `reference.json`, by what they are of.
private struct Reference: Decodable {
    struct Interval: Decodable { var x, n, confidence, low, high: Double }
    struct NormalQuantile: Decodable { var p, value: Double }
    struct StudentQuantile: Decodable { var p, df, value: Double }
    struct BetaQuantile: Decodable { var p, a, b, value: Double }
    struct Fisher: Decodable {
        var x1, n1, x2, n2: Int
        var p: Double
    }
    struct Binomial: Decodable {
        var x, n: Int
        var edge, below, above: Double
    }
    struct Adjustment: Decodable { var p, holm, benjaminiHochberg: [Double] }
    struct RankCorrelation: Decodable {
        var x, y: [Double]
        var tau: Double
    }
    struct LikelihoodRatio: Decodable {
        var a, b: [Double]
        var statistic, p: Double
    }
    struct Mean: Decodable {
        var values: [Double]
        var confidence, mean, low, high: Double
    }
    struct Regression: Decodable {
        struct Row: Decodable {
            var added: Double
            var predictors: [Double]
            var weight: Double
            var group: Int

            var row: OverheadRegression.Row {
                .init(added: added, predictors: predictors, weight: weight, group: group)
            }
        }
        struct LackOfFit: Decodable { var f, p: Double }
        struct LeftOut: Decodable { var measured, predicted: Double }
        var rows: [Row]
        var values: [Double]
        var bounds: [[Double]]
        var lackOfFit: LackOfFit?
        var leftOut: [LeftOut]
    }
    struct Boundary: Decodable { var v, error, value: Double }
    struct PoissonCounts: Decodable { var x, y, share, value: Double }
    struct Crossed: Decodable {
        var blocks: [[[[Double]]]]
        var mean: [Double]
        var covariance: [[Double]]
        var df, variance, reach: Double
        var gradient: [Double]
    }

    var wilson, clopperPearson, midP, blaker: [Interval]
    var normalQuantiles: [NormalQuantile]
    var studentQuantiles: [StudentQuantile]
    var betaQuantiles: [BetaQuantile]
    var fisher: [Fisher]
    var binomialTests: [Binomial]
    var adjustments: [Adjustment]
    var rankCorrelations: [RankCorrelation]
    var likelihoodRatios: [LikelihoodRatio]
    var means: [Mean]
    var regressions: [Regression]
    var crossedEffects: [Crossed]
    var boundaries: [Boundary]
    var poissonPairs: [PoissonCounts]
}
