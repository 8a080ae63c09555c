import ProfileModel

/// The sampler that is replayed.
public struct SimulatedSampler: Encodable, Sendable, Equatable {
    public var design: String
    public var schedule: Schedule
    public var rate: Double
    /// How long one run is.
    public var seconds: Double
    /// The time that it takes to read one stack, in microseconds, while the program runs on.
    public var torn: Double
    /// The part of the ticks that is lost.
    public var loss: Double

    public init(design: String, schedule: Schedule, rate: Double, seconds: Double, torn: Double, loss: Double) {
        (self.design, self.schedule, self.rate) = (design, schedule, rate)
        (self.seconds, self.torn, self.loss) = (seconds, torn, loss)
    }
}
