/// What is enough to know every function's self share to within an error.
public struct SufficientSampling: Encodable, Sendable, Equatable {
    /// Half the width of the interval that is wanted.
    public var error: Double
    /// The function whose share is hardest to know.
    public var function: String
    /// At the length that was replayed; null where no such rate can be kept.
    @ExplicitNull public var rate: Double?
    /// At the rate that was replayed.
    public var seconds: Double

    public init(error: Double, function: String, rate: Double?, seconds: Double) {
        self.error = error
        self.function = function
        self.seconds = seconds
        self.rate = rate
    }
}
