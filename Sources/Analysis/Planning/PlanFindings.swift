import ProfileModel

/// How much to measure so that a share is known to within an error: the JSON object of `swprof plan`
/// (`swprof.plan/1`).
public struct PlanFindings: Encodable, Sendable, Equatable {
    public var schema = "swprof.plan/1"
    /// The function that share and design effect are of; null where they were given.
    @ExplicitNull public var function: String?
    public var share: Double
    /// Half the width of the interval that is wanted.
    public var error: Double
    public var confidence: Double
    /// The variance of the schedule's samples over that of independent ones.
    public var designEffect: Double
    /// The standard deviation of the share from run to run; null where it is not known, and the plan is for
    /// the share in the very runs that are sampled.
    @ExplicitNull public var betweenRuns: Double?
    public var runs: Int
    public var samplesPerRun: Double
    /// Samples a second.
    public var rate: Double
    public var secondsPerRun: Double
    /// Over all runs.
    public var samples: Double
    public var seconds: Double
    public var caveats: [Caveat] = []

    public init(
        function: String? = nil, share: Double, error: Double, confidence: Double = 0.95, designEffect: Double = 1,
        betweenRuns: Double? = nil, runs: Int, samplesPerRun: Double, rate: Double, caveats: [Caveat] = []
    ) {
        self.share = share
        self.error = error
        self.confidence = confidence
        self.designEffect = designEffect
        self.runs = runs
        self.samplesPerRun = samplesPerRun
        self.rate = rate
        secondsPerRun = samplesPerRun / rate
        samples = samplesPerRun * Double(runs)
        seconds = secondsPerRun * Double(runs)
        self.caveats = caveats
        self.function = function
        self.betweenRuns = betweenRuns
    }
}
