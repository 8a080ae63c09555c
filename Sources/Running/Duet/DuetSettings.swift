/// What a duet measures with, and for how long.
public struct DuetSettings: Sendable {
    public var design: Design
    /// Ticks a second; samplers only.
    public var rate: Double
    /// How long pairs of passes with the design on and off are measured.
    public var seconds: Double
    /// So many pairs there are to be.
    public var pairs: Int
    public var seed: UInt64

    public init(_ design: Design, rate: Double, seconds: Double, pairs: Int, seed: UInt64) {
        (self.design, self.rate, self.seconds, self.pairs, self.seed) = (design, rate, seconds, pairs, seed)
    }

    /// As the Python side reads them.
    var words: [String] { [design.rawValue, String(rate), String(seconds), String(pairs), String(seed)] }
}
