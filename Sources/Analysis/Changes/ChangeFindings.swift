import ProfileModel

/// What a change did to a program: the version before and the new one.
public struct ChangeFindings: Encodable, Sendable, Equatable {
    /// One of the two.
    public struct Version: Encodable, Sendable, Equatable {
        /// As the report's designs have it.
        public var name: String
        public var program: [String]
        public var python: String
        public var runs: Int

        public init(name: String, program: [String], python: String, runs: Int) {
            (self.name, self.program, self.python, self.runs) = (name, program, python, runs)
        }
    }

    public var before: Version
    public var after: Version
    public var duration: DurationChange
    /// Those with enough time to matter, what changed first.
    public var functions: [PlaceChange]
    public var lines: [PlaceChange]
    /// The version before against itself; null where profiles that existed already are compared.
    @ExplicitNull public var selfTest: Ratio?
    /// Single runs can say only what these very runs differ by.
    public var estimand: Estimand
    /// How intervals and tests were made, in words.
    public var interval: String
    /// What pages draw; `nil` where it was not made. It is not written.
    public var tree: ChangedTree?

    private enum CodingKeys: String, CodingKey {
        case before, after, duration, functions, lines, selfTest, estimand, interval
    }

    public init(
        before: Version, after: Version, duration: DurationChange, functions: [PlaceChange], lines: [PlaceChange],
        selfTest: Ratio?, estimand: Estimand, interval: String
    ) {
        (self.before, self.after, self.duration) = (before, after, duration)
        (self.functions, self.lines) = (functions, lines)
        (self.estimand, self.interval) = (estimand, interval)
        self.selfTest = selfTest
    }
}
