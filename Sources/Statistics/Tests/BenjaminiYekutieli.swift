/// The false-discovery rate over many tests that depend on each other in any way.
public enum BenjaminiYekutieli {
    /// The p-values, adjusted so that calling all those up to q real makes, on average, at most a part q of the calls wrong,
    /// in the order they were given.
    ///
    /// Those of Benjamini and Hochberg times Σ 1/i (Y. Benjamini and D. Yekutieli, Annals of Statistics 29, 2001, 1165–1188,
    /// theorem 1.3).
    public static func adjusted(_ p: [Double]) -> [Double] {
        let factor = p.indices.reduce(0) { $0 + 1 / Double($1 + 1) }
        return BenjaminiHochberg.adjusted(p.map { $0 * factor }).map { min(1, $0) }
    }
}
