import ProfileModel

/// What probes cost on this machine: the JSON object of `swprof calibrate` (`swprof.calibrate/1`).
public struct CalibrationFindings: Encodable, Sendable, Equatable {
    public var schema = "swprof.calibrate/1"
    /// The interpreter's path and version.
    public var interpreter: String
    public var python: String
    public var clock: Clock
    public var designs: [DesignCosts]
    /// At which samplers were measured; null where none was.
    @ExplicitNull public var samplesPerSecond: Double?
    /// Where the costs are kept; null where they could not be.
    @ExplicitNull public var file: String?
    public var caveats: [Caveat]

    public init(
        interpreter: String, python: String, clock: Clock, designs: [DesignCosts], samplesPerSecond: Double? = nil,
        file: String?, caveats: [Caveat] = []
    ) {
        self.interpreter = interpreter
        self.python = python
        self.clock = clock
        self.designs = designs
        self.samplesPerSecond = samplesPerSecond
        self.file = file
        self.caveats = caveats
    }
}
