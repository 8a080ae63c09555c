import Glibc

extension Jackknife {
    /// The scale on which an interval is symmetric.
    struct Scale: Sendable {
        var there: @Sendable (Double) -> Double
        var back: @Sendable (Double) -> Double

        static let plain = Scale(there: { $0 }, back: { $0 })
        static let log = Scale(there: { Glibc.log($0) }, back: { exp($0) })
        static let logit = Scale(there: { Glibc.log($0 / (1 - $0)) }, back: { 1 / (1 + exp(-$0)) })
    }
}
