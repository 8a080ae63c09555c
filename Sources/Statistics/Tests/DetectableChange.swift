/// The smallest change that an amount of data would show.
public enum DetectableChange {
    /// Between two figures of this variance: (z₁₋α/₂ + z_power)·√(2V).
    ///
    /// Source: J. L. Fleiss, Statistical Methods for Rates and Proportions, 2nd ed. (1981), section 3.2. `nil`
    /// where the variance is not above 0.
    public static func between(variance: Double, level: Double = 0.05, power: Double = 0.8) -> Double? {
        guard variance > 0, variance.isFinite else { return nil }
        return (Quantile.normal(1 - level / 2) + Quantile.normal(power)) * (2 * variance).squareRoot()
    }

    /// The same where the variance is itself an estimate over rounds, with Student's t for z.
    public static func between(
        variance: Double, degreesOfFreedom: Double, level: Double = 0.05, power: Double = 0.8
    ) -> Double? {
        guard variance > 0, variance.isFinite, degreesOfFreedom > 0 else { return nil }
        let reach = [1 - level / 2, power].map { Quantile.student($0, degreesOfFreedom: degreesOfFreedom) }
        return reach.reduce(0, +) * (2 * variance).squareRoot()
    }
}
