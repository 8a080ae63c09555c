/// What a design declares of itself.
public struct DesignFacts: Sendable, Equatable {
    /// How a design comes to its figures.
    public enum Kind: String, Sendable { case tracing, sampling }

    /// What a design can time.
    public enum Clock: String, Sendable, CaseIterable { case wall, cpu }

    public let kind: Kind
    /// Whether a sampler chooses itself when it looks; where the program does, no interval is valid.
    public let instantsAreOwn: Bool
    /// Whether a tracer tells of lines, and so can be told to trace some functions only.
    public let tellsLines: Bool
    /// The first version of CPython that has what the design needs.
    public let oldestPython: SupportedPython
    public let clocks: [Clock]

    init(
        _ kind: Kind, instantsAreOwn: Bool = true, tellsLines: Bool = false,
        from oldestPython: SupportedPython = .oldest,
        clocks: [Clock] = [.wall, .cpu]
    ) {
        self.kind = kind
        self.instantsAreOwn = instantsAreOwn
        self.tellsLines = tellsLines
        self.oldestPython = oldestPython
        self.clocks = clocks
    }
}
