/// The chance of any wrong call over many tests.
public enum Holm {
    /// The p-values, adjusted so that calling all those up to α real makes any wrong call with
    /// probability at most α, in the order they were given.
    ///
    /// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6
    /// (1979), 65–70, in the adjusted form max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎).
    public static func adjusted(_ p: [Double]) -> [Double] {
        var adjusted = p
        var greatest = 0.0
        for (place, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
            greatest = max(greatest, min(1, p[index] * Double(p.count - place)))
            adjusted[index] = greatest
        }
        return adjusted
    }
}
