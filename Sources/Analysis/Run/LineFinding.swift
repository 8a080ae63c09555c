/// One line of a run, or of a design's runs.
public struct LineFinding: Encodable, Sendable, Equatable {
    public var file: String
    public var line: Int
    public var function: String
    /// How often the line was run, exact for the design `lines`; null for samplers.
    @ExplicitNull public var hits: Int64?
    public var `self`: Estimate
    public var total: Estimate

    public init(file: String, line: Int, function: String, hits: Int64? = nil, self own: Estimate, total: Estimate) {
        self.file = file
        self.line = line
        self.function = function
        self.hits = hits
        self.`self` = own
        self.total = total
    }
}
