import Testing

import Statistics

@Suite struct BenjaminiHochbergTests {
    /// `scipy.stats.false_discovery_control` of SciPy 1.17.
    @Test func asSciPy() {
        let adjusted = BenjaminiHochberg.adjusted([0.01, 0.04, 0.03, 0.005, 0.8, 0.04])
        let reference = [0.03, 0.048, 0.048, 0.03, 0.8, 0.048]
        #expect(zip(adjusted, reference).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test func edges() {
        #expect(BenjaminiHochberg.adjusted([]) == [])
        #expect(BenjaminiHochberg.adjusted([0.2]) == [0.2])
        #expect(BenjaminiHochberg.adjusted([1, 1]) == [1, 1])
    }
}
