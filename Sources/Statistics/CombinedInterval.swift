/// The interval of a figure whose error has several independent sources.
public enum CombinedInterval {
    /// A source of error: its variance, and the degrees of freedom that the variance is known with.
    public struct Source: Sendable {
        public var variance: Double
        public var degreesOfFreedom: Double

        public init(variance: Double, degreesOfFreedom: Double) {
            self.variance = variance
            self.degreesOfFreedom = degreesOfFreedom
        }
    }

    /// value ± t·√Σvᵢ; of no width where no source has any variance.
    public static func bounds(_ value: Double, _ sources: [Source], confidence: Double = 0.95) -> Bounds {
        let variance = sources.reduce(0) { $0 + $1.variance }
        guard variance > 0 else { return Bounds(low: value, high: value) }
        let t = Quantile.student((1 + confidence) / 2, degreesOfFreedom: degreesOfFreedom(sources))
        return Bounds(low: value - t * variance.squareRoot(), high: value + t * variance.squareRoot())
    }

    /// (Σvᵢ)² / Σ(vᵢ²/νᵢ); infinite where there is no variance.
    ///
    /// F. E. Satterthwaite, "An approximate distribution of estimates of variance components", Biometrics Bulletin 2
    /// (1946), 110–114, equation 17.
    static func degreesOfFreedom(_ sources: [Source]) -> Double {
        let variance = sources.reduce(0) { $0 + $1.variance }
        // Relative to the whole, so that small variances do not underflow when squared.
        let parts = sources.filter { $0.variance > 0 }.map { source in
            (source.variance / variance) * (source.variance / variance) / source.degreesOfFreedom
        }
        return parts.isEmpty ? .infinity : 1 / parts.reduce(0, +)
    }
}
