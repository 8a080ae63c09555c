import ProfileModel

/// What any sampler would have said of a recorded run: the JSON object of `swprof simulate` (`swprof.simulate/1`).
public struct SimulateFindings: Encodable, Sendable, Equatable {
    public var schema = "swprof.simulate/1"
    /// How many replays there were.
    public var times: Int
    public var timeline: SimulatedTimeline
    public var sampler: SimulatedSampler
    /// Ticks of one run that saw a stack, on average.
    public var ticks: Double
    @ExplicitNull public var within: String?
    public var functions: [SimulatedFunction]
    public var lines: [SimulatedLine]
    /// Of the functions' self shares from the true ones; null where nothing was seen.
    @ExplicitNull public var totalVariation: BoundedFigure?
    /// The part of the stacks that cannot be; null where reading takes no time.
    @ExplicitNull public var impossible: Double?
    /// What would be enough; null where no interval is valid.
    @ExplicitNull public var suffices: SufficientSampling?
    /// By rate, where that was asked for.
    public var curve: [SimulatedRate] = []
    /// Rates at which periodic ticks run in step with the program, where that was looked for.
    public var aliasing: [AliasedRate] = []
    public var caveats: [Caveat] = []

    public init(
        times: Int, timeline: SimulatedTimeline, sampler: SimulatedSampler, within: String?, _ found: ReplayFindings
    ) {
        self.times = times
        self.timeline = timeline
        self.sampler = sampler
        ticks = found.ticks
        functions = found.functions
        lines = found.lines
        self.within = within
        totalVariation = found.totalVariation
        impossible = sampler.torn > 0 ? found.impossible : nil
    }
}
