/// Many tests at once, without more than one false alarm in a hundred (or whatever level) over all of them.
enum Holm {
    /// The p-values adjusted for each other, in their order.
    ///
    /// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6
    /// (1979), 65–70: the i-th smallest of m is multiplied by m − i + 1, and none falls below the one before.
    static func adjusted(_ p: [Double]) -> [Double] {
        var adjusted = p
        var least = 0.0
        for (rank, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
            least = max(least, min(1, p[index] * Double(p.count - rank)))
            adjusted[index] = least
        }
        return adjusted
    }
}
