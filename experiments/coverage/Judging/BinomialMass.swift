import Foundation

/// Probabilities of the binomial distribution, over the counts that matter.
struct BinomialMass: Sendable {
    /// The least count whose probability is in `masses`; all others' together are below 1e-13.
    let first: Int
    let masses: [Double]

    /// - Parameter p: above 0 and below 1.
    init(trials n: Int, probability p: Double) {
        let mode = min(n, Int(Double(n + 1) * p))
        let peak = Self.mass(mode, n, p)
        let odds = p / (1 - p)
        var below: [Double] = []
        var above: [Double] = []
        var (mass, x) = (peak, mode)
        while x > 0, mass > peak * 1e-18 {
            mass *= Double(x) / (Double(n - x + 1) * odds)
            x -= 1
            below.append(mass)
        }
        (mass, x) = (peak, mode)
        while x < n, mass > peak * 1e-18 {
            mass *= Double(n - x) * odds / Double(x + 1)
            x += 1
            above.append(mass)
        }
        first = mode - below.count
        masses = below.reversed() + [peak] + above
    }

    /// Every count with its probability.
    var all: some Sequence<(count: Int, mass: Double)> {
        masses.enumerated().lazy.map { [first] in (first + $0, $1) }
    }

    /// The mean of |X/n − p|.
    func meanAbsoluteError(trials n: Int, probability p: Double) -> Double {
        all.reduce(0) { $0 + $1.mass * abs(Double($1.count) / Double(n) - p) }
    }

    private static func mass(_ x: Int, _ n: Int, _ p: Double) -> Double {
        let choose = lgamma(Double(n) + 1) - lgamma(Double(x) + 1) - lgamma(Double(n - x) + 1)
        return exp(choose + Double(x) * log(p) + Double(n - x) * log1p(-p))
    }
}
