import Glibc

/// Where a series, in the order in which it was measured, changes its level.
///
/// Binary segmentation (A. J. Scott and M. Knott, Biometrics 30, 1974, 507–512): the split that takes most from the sum
/// of squares is kept where it takes more than a penalty of 3·ln n variances, and both sides are split in turn. The
/// variance is told from neighbours' differences, which a change of level hardly moves, by their median absolute
/// deviation; values further out than Tukey's fences are pulled in first, so that one of them is no change.
public struct ChangePoints: Sendable, Equatable {
    /// A stretch without a change.
    public struct Segment: Sendable, Equatable {
        public var range: Range<Int>
        public var mean: Double
    }

    /// In order; together all of the series.
    public var segments: [Segment]

    /// The fewest values that a change is told from, and that a segment has.
    public static let fewest = 10
    private static let shortest = 3

    /// `nil` where there are too few values, or one is not finite.
    public init?(_ series: [Double]) {
        guard series.count >= Self.fewest, series.allSatisfy(\.isFinite), let fences = Fences(series) else {
            return nil
        }
        let values = series.map(fences.pulledIn)
        let sums = values.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
        let penalty = 3 * log(Double(values.count)) * Self.variance(values)
        var pending = [0..<values.count]
        var found: [Range<Int>] = []
        while let range = pending.popLast() {
            if let split = Self.split(sums, range, penalty) {
                pending += [range.lowerBound..<split, split..<range.upperBound]
            } else {
                found.append(range)
            }
        }
        segments = found.sorted { $0.lowerBound < $1.lowerBound }.map { range in
            Segment(range: range, mean: (sums[range.upperBound] - sums[range.lowerBound]) / Double(range.count))
        }
    }

    /// The best split of a stretch, where it is worth its penalty.
    private static func split(_ sums: [Double], _ range: Range<Int>, _ penalty: Double) -> Int? {
        guard range.count >= 2 * shortest else { return nil }
        func mean(_ low: Int, _ high: Int) -> Double { (sums[high] - sums[low]) / Double(high - low) }
        var best: (at: Int, gain: Double)?
        for at in range.lowerBound + shortest...range.upperBound - shortest {
            let (left, right) = (Double(at - range.lowerBound), Double(range.upperBound - at))
            let step = mean(range.lowerBound, at) - mean(at, range.upperBound)
            let gain = left * right / (left + right) * step * step
            if gain > best?.gain ?? penalty { best = (at, gain) }
        }
        return best?.at
    }

    /// From the median of |x₍ᵢ₊₁₎ − xᵢ|, which for normal values is 0.6745·√2·σ.
    private static func variance(_ values: [Double]) -> Double {
        let steps = zip(values.dropFirst(), values).map { abs($0 - $1) }.sorted()
        let deviation = Fences.quantile(steps, 0.5) / (0.6745 * 2.0.squareRoot())
        return deviation * deviation
    }
}

/// What the change points of a program's times say of how it settles (after E. Barrett et al., "Virtual machine warmup
/// blows hot and cold", OOPSLA 2017, section 4).
public enum Settling: String, Sendable, Encodable {
    /// One level throughout.
    case flat
    /// It ends at its lowest level.
    case warmup
    /// Every level is above the one before.
    case slowdown
    /// Levels come and go.
    case unsteady = "no steady state"

    /// `nil` where there are too few values to tell.
    public init?(_ series: [Double]) {
        guard let points = ChangePoints(series) else { return nil }
        let levels = points.segments.map(\.mean)
        if levels.count == 1 {
            self = .flat
        } else if levels.last == levels.min() {
            self = .warmup
        } else {
            self = zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 } ? .slowdown : .unsteady
        }
    }
}
