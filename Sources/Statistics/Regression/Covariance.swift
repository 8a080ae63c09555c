/// Covariances of several numbers that are measured together.
public enum Covariance {
    /// The sample covariance of rows of equal length, with n − 1; all 0 for fewer than two rows.
    public static func sample(_ rows: [[Double]]) -> [[Double]] {
        let count = rows.first?.count ?? 0
        let mean = mean(rows)
        var sums = Array(repeating: Array(repeating: 0.0, count: count), count: count)
        guard rows.count > 1 else { return sums }
        for row in rows {
            for (i, j) in pairs(count) { sums[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) }
        }
        for (i, j) in pairs(count) { sums[i][j] /= Double(rows.count - 1) }
        return sums
    }

    /// Column by column.
    public static func mean(_ rows: [[Double]]) -> [Double] {
        (0..<(rows.first?.count ?? 0)).map { column in
            rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
        }
    }

    /// Σᵢ Σⱼ gᵢ·Σᵢⱼ·gⱼ: the variance of a function with the gradient g of numbers with the covariance Σ, to first
    /// order (the delta method: A. W. van der Vaart, Asymptotic Statistics, 1998, theorem 3.1).
    public static func variance(_ gradient: [Double], _ covariance: [[Double]]) -> Double {
        var sum = 0.0
        for i in gradient.indices {
            for j in gradient.indices { sum += gradient[i] * covariance[i][j] * gradient[j] }
        }
        // Below 0 only by rounding.
        return max(0, sum)
    }

    private static func pairs(_ count: Int) -> [(Int, Int)] {
        (0..<count).flatMap { i in (0..<count).map { (i, $0) } }
    }
}
