/// What a tool that tells no whole stacks says of time with callees, which then does not follow from the samples.
public struct InclusiveTimes: Sendable, Equatable {
    /// By function, in nanoseconds, each call counted once; `nil` where the tool tells none.
    public var functions: [Int64]?
    /// Whether the samples' own times are with callees too: then nothing is known of self time.
    public var includeAll: Bool

    public init(functions: [Int64]?, includeAll: Bool = false) {
        self.functions = functions
        self.includeAll = includeAll
    }
}
