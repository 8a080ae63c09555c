import Foundation
import Measuring
import Statistics
import Testing

@testable import swprof_coverage

@Suite struct JudgingTests {
    @Test(arguments: [(1, 0.3), (10, 0.5), (1000, 0.001), (5000, 0.9999)])
    func massesAddUpToOneAndHaveTheRightMean(trials: Int, probability: Double) {
        let mass = BinomialMass(trials: trials, probability: probability)
        #expect(abs(mass.all.reduce(0) { $0 + $1.mass } - 1) < 1e-11)
        #expect(abs(mass.all.reduce(0) { $0 + $1.mass * Double($1.count) } - Double(trials) * probability) < 1e-8)
    }

    /// Of 4 fair coins 1/16 show no head and 6/16 two; with 2 coins E|X/2 − 1/2| is 1/4.
    @Test func massesOfCoins() {
        let four = BinomialMass(trials: 4, probability: 0.5)
        #expect(four.first == 0)
        #expect(zip(four.masses, [1, 4, 6, 4, 1]).allSatisfy { abs($0 - $1 / 16) < 1e-14 })
        #expect(
            abs(BinomialMass(trials: 2, probability: 0.5).meanAbsoluteError(trials: 2, probability: 0.5) - 0.25) < 1e-14
        )
    }

    @Test(arguments: [
        (94, 100, Verdict.met), (93, 100, .undecided), (80, 100, .missed), (0, 0, .undecided), (2, 3, .undecided),
        (0, 3, .missed),
    ])
    func aPartIsMissedOnlyBeyondChance(successes: Int, count: Int, verdict: Verdict) {
        #expect(Rule.atLeast(0.94).verdict(on: Trials(successes: successes, count: count)) == verdict)
    }

    @Test(arguments: [(950, Verdict.met), (975, .undecided), (995, .missed), (925, .undecided), (900, .missed)])
    func aRangeIsMissedOnEitherSide(successes: Int, verdict: Verdict) {
        #expect(Rule.within(0.93...0.97).verdict(on: Trials(successes: successes, count: 1000)) == verdict)
    }

    /// The one-sided test rejects just where the one-sided exact bound is under the edge.
    @Test func theExactTestAgreesWithTheExactInterval() {
        for successes in 0...60 {
            let trials = Trials(successes: successes, count: 60)
            let bound = ClopperPearson.interval(Double(successes), of: 60, confidence: 0.98)?.high ?? 0
            #expect((trials.tooFew(for: 0.94) < 0.01) == (bound < 0.94))
        }
    }

    @Test func numbersThatCannotBeArePrintedAsSuch() {
        #expect(Words.decimals(.nan, 2) == "?")
        #expect(Words.interval(nil, 2) == "[no interval]")
        #expect(Trials(successes: 0, count: 0).text == "none")
    }
}
