import Glibc

/// What is added up over angles on a circle.
public struct PhaseSums: Sendable, Equatable {
    public private(set) var count = 0.0
    /// Σ cos, Σ sin
    private(set) var cosines = 0.0, sines = 0.0
    /// Σ cos², Σ sin², Σ cos·sin
    private(set) var squaredCosines = 0.0, squaredSines = 0.0, products = 0.0

    public init() {}

    /// - Parameter angle: in radians.
    public mutating func add(_ angle: Double) {
        let (cosine, sine) = (cos(angle), sin(angle))
        count += 1
        cosines += cosine
        sines += sine
        squaredCosines += cosine * cosine
        squaredSines += sine * sine
        products += cosine * sine
    }
}

/// Whether it depends on the angle which of some angles are picked out.
///
/// Rayleigh's test asks the same where all angles together are known to be spread evenly; here they need not be.
public enum PhaseAssociation {
    /// The probability, did it not, of an association at least as close; 1 where none or all are picked out, or the
    /// angles do not differ.
    ///
    /// n R² is χ² with two degrees of freedom, R the multiple correlation of being picked out with the cosine and the
    /// sine: K. V. Mardia, "Linear-circular correlation coefficients and rhythmometry", *Biometrika* 63 (1976),
    /// 403–405. Few angles give a p that is too large: with all n of them alike it is e⁻ⁿ.
    public static func p(_ part: PhaseSums, of all: PhaseSums) -> Double {
        let (n, k) = (all.count, part.count)
        guard k > 0, k < n else { return 1 }
        let (meanCosine, meanSine) = (all.cosines / n, all.sines / n)
        let cc = all.squaredCosines / n - meanCosine * meanCosine
        let ss = all.squaredSines / n - meanSine * meanSine
        let cs = all.products / n - meanCosine * meanSine
        let c = part.cosines / n - k / n * meanCosine
        let s = part.sines / n - k / n * meanSine
        let determinant = cc * ss - cs * cs
        guard determinant > 1e-12 else { return 1 }
        let squaredCorrelation = (c * c * ss - 2 * c * s * cs + s * s * cc) / determinant / (k / n * (1 - k / n))
        return exp(-n * min(1, max(0, squaredCorrelation)) / 2)
    }
}
