/// What one process took, and what it said.
struct Outcome: Sendable, Equatable {
    /// Wall time from start to end, in seconds.
    var wall: Double
    /// User and system time of the process and of those that it waited for, in seconds.
    var cpu: Double
    /// The exit status; 128 + S where signal S killed it.
    var status: Int
    var output: String
    var errors: String

    var lastErrorLine: Substring { errors.split(whereSeparator: \.isNewline).last ?? "" }
}
