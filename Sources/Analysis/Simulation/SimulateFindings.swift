import ProfileModel

/// What replays of one sampler say.
public struct ReplayFindings: Sendable, Equatable {
    /// Ticks that saw a stack, on average.
    public var ticks: Double
    public var functions: [SimulatedFunction]
    public var lines: [SimulatedLine]
    /// Of the functions' self shares from the true ones.
    public var totalVariation: SimulatedInterval?
    /// The part of the stacks that cannot be.
    public var impossible: Double?
}

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
    @ExplicitNull public var totalVariation: SimulatedInterval?
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

/// The timeline that is replayed.
public struct SimulatedTimeline: Encodable, Sendable, Equatable {
    public var program: [String]
    public var python: String
    /// The design that recorded it.
    public var design: String
    public var clock: Clock
    public var events: Int
    public var threads: Int
    /// From the first event to the last.
    public var seconds: Double
    /// Whether what recording took was taken out of it.
    public var compensated: Bool

    public init(_ timeline: Timeline, compensated: Bool) {
        program = timeline.run.program
        python = timeline.run.python
        design = timeline.run.design
        clock = timeline.run.clock
        events = timeline.count
        threads = timeline.threads.count
        seconds = Double(timeline.span.upperBound - timeline.span.lowerBound) / 1e9
        self.compensated = compensated
    }
}

/// The sampler that is replayed.
public struct SimulatedSampler: Encodable, Sendable, Equatable {
    public var design: String
    public var schedule: Schedule
    public var rate: Double
    /// How long one run is.
    public var seconds: Double
    /// The time that it takes to read one stack, in microseconds, while the program runs on.
    public var torn: Double
    /// The part of the ticks that is lost.
    public var loss: Double

    public init(design: String, schedule: Schedule, rate: Double, seconds: Double, torn: Double, loss: Double) {
        (self.design, self.schedule, self.rate) = (design, schedule, rate)
        (self.seconds, self.torn, self.loss) = (seconds, torn, loss)
    }
}

/// What is enough to know every function's self share to within an error.
public struct SufficientSampling: Encodable, Sendable, Equatable {
    /// Half the width of the interval that is wanted.
    public var error: Double
    /// The function whose share is hardest to know.
    public var function: String
    /// At the length that was replayed; null where no such rate can be kept.
    @ExplicitNull public var rate: Double?
    /// At the rate that was replayed.
    public var seconds: Double

    public init(error: Double, function: String, rate: Double?, seconds: Double) {
        self.error = error
        self.function = function
        self.seconds = seconds
        self.rate = rate
    }
}

/// One rate of a scan.
public struct SimulatedRate: Encodable, Sendable, Equatable {
    public var rate: Double
    public var times: Int
    /// Of the hottest functions' self shares, on average.
    @ExplicitNull public var width: Double?
    @ExplicitNull public var coverage: SimulatedInterval?
    @ExplicitNull public var error: Double?
    @ExplicitNull public var totalVariation: Double?

    public init(
        rate: Double, times: Int, width: Double?, coverage: SimulatedInterval?, error: Double?, totalVariation: Double?
    ) {
        self.rate = rate
        self.times = times
        self.width = width
        self.coverage = coverage
        self.error = error
        self.totalVariation = totalVariation
    }
}

/// A rate at which periodic ticks run in step with the program.
public struct AliasedRate: Encodable, Sendable, Equatable {
    public var rate: Double
    /// The function that suffers most.
    public var function: String
    /// The error of one run there, over what as many independent ticks would have.
    public var ratio: Double
    public var error: Double

    public init(rate: Double, function: String, ratio: Double, error: Double) {
        (self.rate, self.function, self.ratio, self.error) = (rate, function, ratio, error)
    }
}
