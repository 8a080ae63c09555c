import Statistics
import Testing

/// Reference values from SciPy, with `h = hypergeom(n1 + n2, x1 + x2, n1)`:
/// `min(1, 2 * min(h.cdf(x1), h.sf(x1 - 1)))`.
struct FisherExactTestTests {
    @Test(arguments: [
        (0, 1800, 20, 200, 8.236449100525512e-21), (180, 1800, 20, 200, 1),
        (185, 1800, 15, 200, 0.25992344378183524), (3, 5, 0, 4, 0.2380952380952381),
        (1, 10, 9, 10, 0.001093333910671372), (95_000, 900_000, 10_600, 100_000, 0.6676621462203788),
    ])
    func p(x1: Int, n1: Int, x2: Int, n2: Int, expected: Double) {
        #expect(abs(FisherExactTest.p(x1, of: n1, x2, of: n2) - expected) < 1e-6 * expected)
        #expect(abs(FisherExactTest.p(x2, of: n2, x1, of: n1) - expected) < 1e-6 * expected)
    }

    /// Exact: under chance alone, p ≤ 5 % is at most 5 % likely, for every small margin.
    @Test func rejectsNoMoreThanItSays() {
        for n1 in 1...9 {
            for n2 in 1...4 {
                for both in 0...(n1 + n2) {
                    let splits = (max(0, both - n2)...min(n1, both)).map { ($0, chance($0, n1, both, n2)) }
                    let rejected = splits.filter { FisherExactTest.p($0.0, of: n1, both - $0.0, of: n2) <= 0.05 }
                    #expect(rejected.reduce(0) { $0 + $1.1 } <= 0.05)
                }
            }
        }
    }

    @Test func impossibleCountsProveNothing() {
        for (x1, n1, x2, n2) in [(0, 0, 1, 2), (1, 2, 0, 0), (3, 2, 1, 2), (-1, 2, 1, 2), (1, -2, 1, 2)] {
            #expect(FisherExactTest.p(x1, of: n1, x2, of: n2) == 1)
        }
    }

    private func chance(_ x: Int, _ n1: Int, _ both: Int, _ n2: Int) -> Double {
        choose(n1, x) * choose(n2, both - x) / choose(n1 + n2, both)
    }

    private func choose(_ n: Int, _ k: Int) -> Double {
        (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
}
