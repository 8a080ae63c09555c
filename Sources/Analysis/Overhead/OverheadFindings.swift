import ProfileModel

/// What designs cost a program that has passes: the JSON object of `swprof overhead` (`swprof.overhead/1`).
public struct OverheadFindings: Encodable, Sendable, Equatable {
    public var schema = "swprof.overhead/1"
    /// As it was named; empty for a function of a running program.
    public var program: [String]
    public var python: String
    public var designs: [OverheadFinding]
    public var audit: [String: String]

    public init(program: [String], python: String, designs: [OverheadFinding], audit: [String: String] = [:]) {
        (self.program, self.python, self.designs, self.audit) = (program, python, designs, audit)
    }
}
