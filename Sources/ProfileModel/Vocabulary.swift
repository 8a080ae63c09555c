/// How a design comes to its figures.
public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Told of every call and return.
    case tracing
    /// Looks at the program from time to time.
    case sampling
}

/// What the time of a profile is. Figures of two clocks are never compared without being told to.
public enum Clock: String, Sendable, Codable, CaseIterable {
    case wall, cpu
}

/// When a sampler looks.
public enum Schedule: String, Sendable, Codable, CaseIterable {
    /// One uniformly random instant in every interval.
    case jittered
    /// Exponential gaps.
    case poisson
    /// Equal gaps, but for a random tenth of the ticks, the probes.
    case periodic
}

/// Something that a reader of a figure has to know before believing it.
public struct Caveat: Sendable, Codable, Hashable {
    /// A stable name for programs, such as `few-samples`.
    public var code: String
    /// The same for people, as one sentence.
    public var text: String

    public init(code: String, text: String) {
        self.code = code
        self.text = text
    }
}
