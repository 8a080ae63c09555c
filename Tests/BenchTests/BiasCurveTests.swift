import Testing

@testable import Statistics
@testable import swprof_bench

@Suite struct BiasCurveTests {
    /// Ten points; what is measured is `factor` off, and what is compensated `left` of that.
    private func curve(_ error: Double, left: Double, width: Double = 0, noise: Double = 0) -> BiasCurve {
        BiasCurve(
            trials: (0..<20).map { trial in
                stride(from: 0.05, through: 0.95, by: 0.1).map { truth in
                    let jitter = noise * Double(trial % 3 - 1)
                    let share = truth + error * left + jitter
                    return BiasCurve.Point(
                        truth: truth, measured: truth + error, compensated: share, low: share - width,
                        high: share + width)
                }
            })
    }

    @Test func theLineIsThroughTheMeans() throws {
        let curve = curve(0.2, left: 0.1, noise: 0.01)
        let slope = try #require(curve.compensated(\.slope))
        let intercept = try #require(curve.compensated(\.intercept))
        #expect(abs(slope.value - 1) < 1e-9 && abs(intercept.value - 0.0195) < 1e-9)
        let bounds = try #require(intercept.bounds)
        #expect(bounds.low < 0.0195 && bounds.high > 0.0195 && bounds.high < 0.03)
        #expect(abs(try #require(curve.scattered(\.measured, \.intercept)).value - 0.2) < 1e-9)
    }

    @Test func whatTheCalibrationLeavesUncertainIsAdded() throws {
        let sure = try #require(curve(0.2, left: 0.1, noise: 0.01).compensated(\.intercept)?.bounds)
        let unsure = try #require(curve(0.2, left: 0.1, width: 0.03, noise: 0.01).compensated(\.intercept)?.bounds)
        let (own, all) = ((sure.high - sure.low) / 2, (unsure.high - unsure.low) / 2)
        #expect(abs(all * all - own * own - 0.03 * 0.03) < 1e-9)
    }

    @Test func theErrorThatIsLeft() throws {
        #expect(abs(try #require(curve(0.2, left: 0.15).errorLeft).value - 0.15) < 1e-9)
        #expect(curve(0.04, left: 0.5).errorLeft == nil)
    }
}
