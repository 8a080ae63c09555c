/// What a design declares of itself.
public struct DesignFacts: Sendable, Equatable {
    /// How a design comes to its figures.
    public enum Kind: String, Sendable { case tracing, sampling }

    /// What a design can time.
    public enum Clock: String, Sendable, CaseIterable { case wall, cpu }

    /// What of the kinds of time a sampler's samples tell.
    public enum KindsTold: String, Sendable {
        case none
        /// Who waits, and C functions by their names; collections of garbage are their function's, and waits for the
        /// interpreter's lock are waits.
        case callsAndWaits = "calls-and-waits"
        /// All of them, and who holds the lock.
        case all
    }

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
    /// Nothing of tracers, and where a sampler only guesses.
    public let kindsTold: KindsTold

    init(
        _ name: String, _ kind: Kind, instantsAreOwn: Bool = true, tellsLines: Bool = false,
        from oldestPython: SupportedPython = .oldest, hasCPUClock: Bool = true,
        kindsTold: KindsTold = .none
    ) {
        self.name = name
        self.kind = kind
        self.instantsAreOwn = instantsAreOwn
        self.tellsLines = tellsLines
        self.oldestPython = oldestPython
        self.hasCPUClock = hasCPUClock
        self.kindsTold = kindsTold
    }

    public func has(_ clock: Clock) -> Bool { clock == .wall || hasCPUClock }

    public var clocks: [Clock] { Clock.allCases.filter(has) }
}
