import Glibc

extension Jackknife {
    /// The scale on which an interval is symmetric.
    struct Scale: Sendable {
        var there: @Sendable (Double) -> Double
        var back: @Sendable (Double) -> Double
        /// What the standard error of the logarithm is multiplied by to be that on the scale.
        var slope: @Sendable (Double) -> Double
        /// Whether a figure can be one that the scale is for.
        var holds: @Sendable (Double) -> Bool

        static let plain = Scale(there: { $0 }, back: { $0 }, slope: { $0 }, holds: { _ in true })
        static let log = Scale(there: { Glibc.log($0) }, back: { exp($0) }, slope: { _ in 1 }, holds: { $0 > 0 })
        static let logit = Scale(
            there: { Glibc.log($0 / (1 - $0)) }, back: { 1 / (1 + exp(-$0)) }, slope: { 1 / (1 - $0) },
            holds: { 0 <= $0 && $0 <= 1 })
    }
}
