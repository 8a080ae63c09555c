import ProfileModel

/// The timeline that is replayed.
public struct SimulatedTimeline: Encodable, Sendable, Equatable {
    public var program: [String]
    public var python: String
    /// The design that recorded it.
    public var design: String
    public var clock: Clock
    public var events: Int
    public var threads: Int
    /// From the first event to the last.
    public var seconds: Double
    /// Whether what recording took was taken out of it.
    public var compensated: Bool

    public init(_ timeline: Timeline, compensated: Bool) {
        program = timeline.run.program
        python = timeline.run.python
        design = timeline.run.design
        clock = timeline.run.clock
        events = timeline.count
        threads = timeline.threads.count
        seconds = Double(timeline.span.upperBound - timeline.span.lowerBound) / 1e9
        self.compensated = compensated
    }
}
