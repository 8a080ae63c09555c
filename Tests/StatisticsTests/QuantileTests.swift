import Statistics
import Testing

/// Reference values from SciPy 1.x: `norm.ppf(p)`, `t.ppf(p, df)`, `beta.ppf(p, a, b)`.
struct QuantileTests {
    @Test func normal() {
        #expect(abs(Quantile.normal(0.975) - 1.959963984540054) < 1e-12)
        #expect(Quantile.normal(0.5) == 0)
        #expect(abs(Quantile.normal(0.001) - -3.090232306167813) < 1e-12)
    }

    @Test(arguments: [(1.0, 12.706204736174694), (4, 2.7764451051977934), (9, 2.262157162798205)])
    func student(degreesOfFreedom: Double, expected: Double) {
        #expect(abs(Quantile.student(0.975, degreesOfFreedom: degreesOfFreedom) - expected) < 1e-9)
    }

    /// The first is where GSL's own inverse gives NaN.
    @Test(arguments: [
        (0.3, 5000.0, 5001.0, 0.4973280836067883), (0.975, 1, 1e6, 3.688872650206488e-06),
        (1e-06, 0.5, 10, 8.05272249244308e-14), (0.025, 0.001, 100, 0),
    ])
    func beta(p: Double, a: Double, b: Double, expected: Double) {
        #expect(abs(Quantile.beta(p, a, b) - expected) <= 1e-10 * expected + 1e-50)
    }

    @Test func outOfRangeIsReturnedNotAborted() {
        #expect(Quantile.normal(0) == -.infinity)
        #expect(Quantile.student(1, degreesOfFreedom: 3) == .infinity)
    }
}
