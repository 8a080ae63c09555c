/// Whether two series put the same things into the same order.
public enum KendallTau {
    /// τ-b: concordant minus discordant pairs, over √((n₀ − n₁)(n₀ − n₂)), where n₁ and n₂ are the pairs tied in
    /// each; 1 for the same order, −1 for the opposite.
    ///
    /// Source: M. G. Kendall, *Biometrika* 33 (1945), 239–251; in n log n steps after W. R. Knight, *JASA* 61
    /// (1966), 436–439. `nil` where a series is all ties or not all numbers.
    public static func b(_ x: [Double], _ y: [Double]) -> Double? {
        precondition(x.count == y.count, "the series are of the same things")
        guard (x + y).allSatisfy(\.isFinite) else { return nil }
        let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
        let tiedInX = ties(order) { x[$0] == x[$1] }
        let tiedInBoth = ties(order) { x[$0] == x[$1] && y[$0] == y[$1] }
        var sorted = order.map { y[$0] }
        let discordant = inversions(&sorted)
        let tiedInY = ties(Array(sorted.indices)) { sorted[$0] == sorted[$1] }
        let pairs = Double(x.count) * Double(x.count - 1) / 2
        let scale = ((pairs - tiedInX) * (pairs - tiedInY)).squareRoot()
        guard scale > 0 else { return nil }
        return (pairs - tiedInX - tiedInY + tiedInBoth - 2 * discordant) / scale
    }

    /// Pairs within runs of equal neighbours.
    private static func ties(_ order: [Int], _ areEqual: (Int, Int) -> Bool) -> Double {
        var pairs = 0.0
        var run = 1.0
        for (before, after) in zip(order, order.dropFirst()) {
            run = areEqual(before, after) ? run + 1 : 1
            pairs += run - 1
        }
        return pairs
    }

    /// Sorts, and counts the pairs that stood in the wrong order: a merge sort from the bottom.
    private static func inversions(_ values: inout [Double]) -> Double {
        var count = 0.0
        var merged = values
        var width = 1
        while width < values.count {
            for start in stride(from: 0, to: values.count, by: 2 * width) {
                let middle = min(start + width, values.count)
                count += merge(values, start, middle, min(middle + width, values.count), into: &merged)
            }
            swap(&values, &merged)
            width *= 2
        }
        return count
    }

    private static func merge(
        _ values: [Double], _ start: Int, _ middle: Int, _ end: Int, into merged: inout [Double]
    ) -> Double {
        var (left, right, count) = (start, middle, 0.0)
        for place in start..<end {
            if left < middle, right >= end || values[left] <= values[right] {
                merged[place] = values[left]
                left += 1
            } else {
                merged[place] = values[right]
                count += Double(middle - left)
                right += 1
            }
        }
        return count
    }
}
