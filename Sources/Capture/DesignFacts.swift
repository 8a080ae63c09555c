/// What a design declares of itself.
public struct DesignFacts: Sendable, Equatable {
    /// How a design comes to its figures.
    public enum Kind: String, Sendable { case tracing, sampling }

    /// What a design can time.
    public enum Clock: String, Sendable, CaseIterable { case wall, cpu }

    /// As users type it.
    public let name: String
    public let kind: Kind
    /// Whether a sampler chooses itself when it looks; where the program does, no interval is valid.
    public let instantsAreOwn: Bool
    /// Whether a tracer tells of lines, and so can be told to trace some functions only.
    public let tellsLines: Bool
    /// The first version of CPython that has what the design needs.
    public let oldestPython: SupportedPython
    public let hasCPUClock: Bool

    init(
        _ name: String, _ kind: Kind, instantsAreOwn: Bool = true, tellsLines: Bool = false,
        from oldestPython: SupportedPython = .oldest, hasCPUClock: Bool = true
    ) {
        self.name = name
        self.kind = kind
        self.instantsAreOwn = instantsAreOwn
        self.tellsLines = tellsLines
        self.oldestPython = oldestPython
        self.hasCPUClock = hasCPUClock
    }

    public func has(_ clock: Clock) -> Bool { clock == .wall || hasCPUClock }

    public var clocks: [Clock] { Clock.allCases.filter(has) }
}
