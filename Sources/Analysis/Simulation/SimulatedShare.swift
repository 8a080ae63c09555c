/// A figure over replays with its 95 % interval.
public struct SimulatedInterval: Encodable, Sendable, Equatable {
    public var value: Double
    /// Null of one replay.
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?

    public init(value: Double, low: Double? = nil, high: Double? = nil) {
        self.value = value
        self.low = low
        self.high = high
    }
}

/// What a sampler would have said of one share, over many replays.
public struct SimulatedShare: Encodable, Sendable, Equatable {
    /// The share that the timeline has.
    public var truth: Double
    /// Of the estimates; null where no replay saw anything.
    @ExplicitNull public var mean: Double?
    /// mean − truth.
    @ExplicitNull public var bias: SimulatedInterval?
    /// In what part of the replays the interval that a report prints has the truth; null where it prints none.
    @ExplicitNull public var coverage: SimulatedInterval?
    /// Of that interval, on average.
    @ExplicitNull public var width: Double?
    /// Of one run: the root mean square over replays.
    @ExplicitNull public var error: Double?

    public init(
        truth: Double, mean: Double? = nil, bias: SimulatedInterval? = nil, coverage: SimulatedInterval? = nil,
        width: Double? = nil, error: Double? = nil
    ) {
        self.truth = truth
        self.mean = mean
        self.bias = bias
        self.coverage = coverage
        self.width = width
        self.error = error
    }
}

/// A function with its self share, whose figures stand beside its name in the JSON.
public struct SimulatedFunction: Encodable, Sendable, Equatable {
    public var name: String
    public var qualname: String
    @ExplicitNull public var file: String?
    public var line: Int
    public var share: SimulatedShare
    public var total: SimulatedShare

    private enum CodingKeys: CodingKey { case name, qualname, file, line, total }

    public init(
        name: String, qualname: String, file: String?, line: Int, share: SimulatedShare, total: SimulatedShare
    ) {
        self.name = name
        self.qualname = qualname
        self.line = line
        self.share = share
        self.total = total
        self.file = file
    }

    public func encode(to encoder: any Encoder) throws {
        try share.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(qualname, forKey: .qualname)
        try values.encode(file, forKey: .file)
        try values.encode(line, forKey: .line)
        try values.encode(total, forKey: .total)
    }
}

/// A line with its self share.
public struct SimulatedLine: Encodable, Sendable, Equatable {
    public var file: String
    public var line: Int
    /// The bare name of the function that it is of.
    public var function: String
    public var share: SimulatedShare

    private enum CodingKeys: CodingKey { case file, line, function }

    public init(file: String, line: Int, function: String, share: SimulatedShare) {
        (self.file, self.line, self.function, self.share) = (file, line, function, share)
    }

    public func encode(to encoder: any Encoder) throws {
        try share.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(file, forKey: .file)
        try values.encode(line, forKey: .line)
        try values.encode(function, forKey: .function)
    }
}
