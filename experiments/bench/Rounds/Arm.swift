/// One way to run the program of a round.
struct Arm: Sendable {
    var name: String
    var command: Command
    /// What is done before each process of the arm, outside its time.
    var prepare: @Sendable () throws -> Void = {}
    /// What of a process counts: its time as it was seen from outside, unless it is one that times itself.
    var measurement: @Sendable (Outcome) throws -> Measurement = { Measurement(wall: $0.wall, cpu: $0.cpu) }

    /// The name of the arm that is not profiled.
    static let control = "control"
}

/// What one process of an arm took, in seconds.
struct Measurement: Sendable, Codable, Equatable {
    var wall: Double
    var cpu: Double
}
