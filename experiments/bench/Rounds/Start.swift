import Measuring

/// How an arm of a round is started, and what of its process counts.
struct Start: Sendable {
    var arm: Arm
    var command: Command
    /// What is done before each process of the arm, outside its time.
    var prepare: @Sendable () throws -> Void = {}
    /// Its time as it was seen from outside, unless it is one that times itself.
    var measurement: @Sendable (Outcome) throws -> Measurement = { Measurement(wall: $0.wall, cpu: $0.cpu) }

    init(_ arm: Arm, _ command: Command) { (self.arm, self.command) = (arm, command) }
}

/// What one process of an arm took, in seconds.
struct Measurement: Sendable, Equatable, Encodable {
    var wall: Double
    var cpu: Double
}

typealias BenchRound = Round<Measurement>

extension [BenchRound] {
    func wall(_ arm: Arm) -> [Double] { compactMap { $0[arm]?.wall } }
    func cpu(_ arm: Arm) -> [Double] { compactMap { $0[arm]?.cpu } }
}
