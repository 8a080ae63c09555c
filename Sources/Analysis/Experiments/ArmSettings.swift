import ProfileModel

/// What profiles an arm's runs, and how: null where a setting does not apply to it.
public struct ArmSettings: Encodable, Sendable, Equatable {
    @ExplicitNull public var design: String?
    /// Another profiler.
    @ExplicitNull public var peer: String?
    /// Ticks a second.
    @ExplicitNull public var rate: Double?
    @ExplicitNull public var schedule: Schedule?
    @ExplicitNull public var clock: Clock?
    /// The functions that are traced; all where there are none.
    public var functions: [String]

    public init(
        design: String? = nil, peer: String? = nil, rate: Double? = nil, schedule: Schedule? = nil, clock: Clock? = nil,
        functions: [String] = []
    ) {
        self.design = design
        self.peer = peer
        self.rate = rate
        self.schedule = schedule
        self.clock = clock
        self.functions = functions
    }
}
