/// How far two sets of shares are apart.
public enum TotalVariation {
    /// Half the sum of the absolute differences of two vectors of shares over the same places, 0 to 1.
    public static func between(_ a: [Double], _ b: [Double]) -> Double {
        precondition(a.count == b.count, "the vectors are over the same places")
        var sum = 0.0
        for i in a.indices { sum += abs(a[i] - b[i]) }
        return min(1, sum / 2)
    }
}
