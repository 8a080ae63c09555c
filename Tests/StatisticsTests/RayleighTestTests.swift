import Statistics
import Testing

struct RayleighTestTests {
    /// Reference: the part of 10⁶ draws of 20 uniform angles (NumPy, seed 1) with a resultant at least as long.
    @Test(arguments: [(5.0, 0.2904), (8, 0.038965), (10, 0.005391)])
    func agreesWithSimulation(resultant: Double, expected: Double) {
        #expect(abs(RayleighTest.p(count: 20, cosines: resultant, sines: 0) - expected) < 0.001)
        #expect(abs(RayleighTest.p(count: 20, cosines: 0, sines: -resultant) - expected) < 0.001)
    }

    @Test func evenAnglesAndNone() {
        #expect(RayleighTest.p(count: 50, cosines: 0, sines: 0) > 0.99)
        #expect(RayleighTest.p(count: 0, cosines: 0, sines: 0) == 1)
    }

    @Test func equalAnglesCannotBeChance() {
        #expect(RayleighTest.p(count: 50, cosines: 50, sines: 0) < 1e-10)
    }
}
