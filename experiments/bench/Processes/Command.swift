/// A program to start, with its arguments and what is added to the environment.
struct Command: Sendable, Equatable {
    var executable: String
    var arguments: [String]
    var environment: [String: String] = [:]

    /// As one would type it, for messages.
    var line: String { ([executable] + arguments).joined(separator: " ") }
}
