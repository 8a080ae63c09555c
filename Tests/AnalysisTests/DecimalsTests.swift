import Testing

@testable import Analysis

@Suite struct DecimalsTests {
    /// 95.05 is a little less in binary, and 0.125 is just what it says.
    @Test(arguments: [
        (95.05, 1, "95.1", "95.0"), (0.125, 2, "0.13", "0.12"), (-1.25, 1, "-1.3", "-1.2"), (2.5, 0, "3", "2"),
        (-0.004, 2, "0.00", "0.00"),
        (0.05, 3, "0.050", "0.050"), (1e300, 1, "1e+300", "1e+300"),
    ])
    func aNumberIsRoundedAsReadOrAsItIs(value: Double, places: Int, asRead: String, asItIs: String) {
        #expect(Decimals.fixed(value, places) == asRead)
        #expect(Decimals.fixed(value, places, exactly: true) == asItIs)
    }

    @Test func whatIsNoNumberHasNoText() {
        #expect(Decimals.fixed(.nan, 1) == nil && Decimals.fixed(-.infinity, 1, exactly: true) == nil)
    }
}
