/// How a series of pairs is cut into blocks of neighbours, and what is left of the correlation between these.
///
/// There are 30 blocks, as even as can be. More would narrow Student's t by no more than 4 %, and fewer pairs a block would
/// leave more of the correlation between blocks (B. Schmeiser, Operations Research 30, 1982, 556–568: from 10 to 30
/// batches). Then the correlation of neighbouring blocks is looked at: while it is above 0, the blocks are made twice as
/// long, as long as 10 of them are left (after G. S. Fishman and L. S. Yarberry, INFORMS Journal on Computing 9, 1997,
/// 296–310, LBATCH, which tests for it at a level). In simulation this covers 96 % where pairs are independent, 94 % and
/// 92 % where neighbours are correlated by 0.6 and 0.8; doubling only at a significant correlation covers 89 % there.
public struct PairBlocks: Sendable, Equatable {
    /// Of pairs, in order.
    public var ranges: [Range<Int>]
    /// Between neighbouring pairs; `nil` where nothing varies.
    public var correlationOfPairs: Double?
    /// Between neighbouring blocks.
    public var correlationOfBlocks: Double?

    static let fewest = 10
    private static let most = 30

    /// - Parameter deviations: what each pair adds to the error, in the order of measuring. `nil` where there is none.
    public init?(_ deviations: [Double]) {
        guard !deviations.isEmpty else { return nil }
        var ranges = Self.ranges(min(Self.most, deviations.count), of: deviations.count)
        while ranges.count >= 2 * Self.fewest, Self.correlation(Self.means(deviations, ranges)) ?? 0 > 0 {
            ranges = Self.ranges(ranges.count / 2, of: deviations.count)
        }
        self.ranges = ranges
        correlationOfPairs = Self.correlation(deviations)
        correlationOfBlocks = Self.correlation(Self.means(deviations, ranges))
    }

    public var count: Int { ranges.count }

    /// Whether blocks as long as there can be are still correlated, so that the interval may be too narrow.
    ///
    /// The first autocorrelation of n independent values is about normal, of variance 1/n (M. S. Bartlett, Supplement to
    /// the Journal of the Royal Statistical Society 8, 1946, 27–41, eq. 7); it is greater than this in one of 20 series.
    public var areCorrelated: Bool {
        correlationOfBlocks.map { $0 > Quantile.normal(0.95) / Double(count).squareRoot() } ?? false
    }

    /// The sum of each block.
    public func sums(_ values: [Double]) -> [Double] { ranges.map { values[$0].reduce(0, +) } }

    private static func ranges(_ count: Int, of pairs: Int) -> [Range<Int>] {
        (0..<count).map { $0 * pairs / count..<($0 + 1) * pairs / count }
    }

    private static func means(_ values: [Double], _ ranges: [Range<Int>]) -> [Double] {
        ranges.map { values[$0].reduce(0, +) / Double($0.count) }
    }

    /// The first autocorrelation.
    private static func correlation(_ values: [Double]) -> Double? {
        let mean = values.reduce(0, +) / Double(values.count)
        let deviations = values.map { $0 - mean }
        let squares = deviations.reduce(0) { $0 + $1 * $1 }
        guard squares > 0 else { return nil }
        return zip(deviations, deviations.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / squares
    }
}
