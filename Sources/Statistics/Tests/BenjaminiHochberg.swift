/// The false-discovery rate over many tests.
public enum BenjaminiHochberg {
    /// The p-values, adjusted so that calling all those up to q real makes, on average, at most a part
    /// q of the calls wrong, in the order they were given.
    ///
    /// Step-up procedure of Benjamini & Hochberg, *J. R. Statist. Soc. B* 57 (1995), p. 293, in the
    /// adjusted form min over j ≥ i of min(1, m·p₍ⱼ₎/j).
    public static func adjusted(_ p: [Double]) -> [Double] {
        let descending = p.indices.sorted { p[$0] > p[$1] }
        var adjusted = p
        var least = 1.0
        for (place, index) in descending.enumerated() {
            let rank = p.count - place
            least = min(least, p[index] * Double(p.count) / Double(rank))
            adjusted[index] = least
        }
        return adjusted
    }
}
