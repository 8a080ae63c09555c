import Testing

@testable import Measuring
@testable import Statistics

private func estimate(_ value: Double, _ low: Double, _ high: Double) -> RoundsEstimate {
    RoundsEstimate(value: value, bounds: Bounds(low: low, high: high))
}

@Suite struct RuleTests {
    @Test(arguments: [
        (0.65, 0.75, Verdict.met), (0.76, 0.85, .missed), (0.71, 0.80, .undecided),
    ])
    func atMost(low: Double, high: Double, verdict: Verdict) {
        let figure = estimate((low + high) / 2, low, high)
        #expect(Rule.atMost(0.75).verdict(on: figure, precision: .tenth) == verdict)
    }

    @Test(arguments: [(26.0, 28.0, Verdict.met), (22.0, 24.0, .missed), (24.0, 26.0, .undecided)])
    func atLeast(low: Double, high: Double, verdict: Verdict) {
        #expect(Rule.atLeast(25).verdict(on: estimate((low + high) / 2, low, high), precision: .tenth) == verdict)
    }

    @Test func theUpperEndIsHeldToTheLimitItself() {
        let asked = Rule.upperEndAtMost(1.02)
        #expect(asked.verdict(on: estimate(1.016, 1.012, 1.020), precision: .slowdown) == .met)
        #expect(asked.verdict(on: estimate(1.017, 1.013, 1.021), precision: .slowdown) == .missed)
    }

    @Test func whatIsTooWideIsUndecided() {
        #expect(Rule.atMost(10).verdict(on: estimate(0.5, 0.3, 0.7), precision: .tenth) == .undecided)
        #expect(Rule.upperEndAtMost(1.02).verdict(on: estimate(1, 0.99, 1.01), precision: .slowdown) == .undecided)
    }

    @Test func whatHasNoIntervalIsUndecided() {
        #expect(Rule.atMost(1).verdict(on: nil, precision: .tenth) == .undecided)
        #expect(Rule.atMost(1).verdict(on: RoundsEstimate(value: 0.1, bounds: nil), precision: .tenth) == .undecided)
    }

    @Test func slowdownsFarFromOneNeedATenth() {
        #expect(Precision.slowdown.isReached(by: estimate(2, 1.85, 2.15)))
        #expect(!Precision.slowdown.isReached(by: estimate(1.05, 1.04, 1.06)))
    }

    @Test(arguments: [(0.9, 1.1, Verdict.met), (1.01, 1.1, .missed), (0, 9, .met)])
    func whatAnIntervalHasToHold(low: Double, high: Double, verdict: Verdict) {
        #expect(Rule.holds(1).verdict(on: estimate((low + high) / 2, low, high), precision: .tenth) == verdict)
        #expect(Rule.holds(1).verdict(on: nil, precision: .tenth) == .undecided)
    }

    @Test(arguments: [(0.01, 0.2, Verdict.met), (0.1, 0.3, .undecided), (0.21, 0.3, .missed)])
    func howeverWideBelowTheLimit(low: Double, high: Double, verdict: Verdict) {
        #expect(
            Rule.intervalAtMost(0.2).verdict(on: estimate((low + high) / 2, low, high), precision: .tenth) == verdict)
        #expect(Rule.intervalAtMost(0.2).verdict(on: nil, precision: .tenth) == .undecided)
    }
}
