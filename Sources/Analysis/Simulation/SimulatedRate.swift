/// One rate of a scan.
public struct SimulatedRate: Encodable, Sendable, Equatable {
    public var rate: Double
    public var times: Int
    /// Of the hottest functions' self shares, on average.
    @ExplicitNull public var width: Double?
    @ExplicitNull public var coverage: BoundedFigure?
    @ExplicitNull public var error: Double?
    @ExplicitNull public var totalVariation: Double?

    public init(
        rate: Double, times: Int, width: Double?, coverage: BoundedFigure?, error: Double?, totalVariation: Double?
    ) {
        self.rate = rate
        self.times = times
        self.width = width
        self.coverage = coverage
        self.error = error
        self.totalVariation = totalVariation
    }
}

/// A rate at which periodic ticks run in step with the program.
public struct AliasedRate: Encodable, Sendable, Equatable {
    public var rate: Double
    /// The function that suffers most.
    public var function: String
    /// The error of one run there, over what as many independent ticks would have.
    public var ratio: Double
    public var error: Double

    public init(rate: Double, function: String, ratio: Double, error: Double) {
        (self.rate, self.function, self.ratio, self.error) = (rate, function, ratio, error)
    }
}
