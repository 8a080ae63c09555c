import Glibc

/// Whether angles are spread evenly round the circle.
public enum RayleighTest {
    /// The probability, were they, of a resultant at least as long, from the sums of the cosines and
    /// sines of `count` angles; 1 for no angles.
    ///
    /// Source: J. H. Zar, Biostatistical Analysis, 4th ed. (1999), equation 27.4 (after D. Wilkie 1983):
    /// exp(√(1 + 4n + 4(n² − R²)) − (1 + 2n)), to three decimals from n = 10 on.
    public static func p(count n: Double, cosines: Double, sines: Double) -> Double {
        guard n > 0 else { return 1 }
        let squaredResultant = min(cosines * cosines + sines * sines, n * n)
        let root = (1 + 4 * n + 4 * (n * n - squaredResultant)).squareRoot()
        return min(1, exp(root - 1 - 2 * n))
    }
}
