import ProfileModel

/// Whether designs follow when one function of the program is slowed by a known amount.
///
/// The idea is of T. Mytkowicz, A. Diwan, M. Hauswirth and P. F. Sweeney, "Evaluating the accuracy of Java
/// profilers", PLDI 2010: where it is known what was made slower, one can tell whether a profile says so.
public struct CausalFinding: Encodable, Sendable, Equatable {
    /// The bare name.
    public var function: String
    public var qualname: String
    public var file: String
    public var line: Int
    /// How often the program calls it; a generator or coroutine counts when it starts.
    public var calls: Int
    public var designs: [CausalDesign] = []
    /// Level 0, the program as it is, first.
    public var levels: [CausalLevel] = []
}

/// What one design says of the slowed function.
public struct CausalDesign: Encodable, Sendable, Equatable {
    public var name: String
    /// The time that the design adds to the function, by the time that the unprofiled program gains: 1 where
    /// it follows. Null where the program does not gain any.
    @ExplicitNull public var slope: BoundedFigure?
    /// Seconds that it adds or takes whatever the program gains: 0 where it follows.
    @ExplicitNull public var intercept: BoundedFigure?
    public var verdict: CausalVerdict
}

public enum CausalVerdict: String, Encodable, Sendable {
    case moves = "moves as it must"
    case doesNot = "does not"
    case cannotTell = "cannot tell"
}

/// What was measured at one level of slowing.
public struct CausalLevel: Encodable, Sendable, Equatable {
    /// The part of the program's time that it was planned to add.
    public var level: Double
    /// Elements that the spin compares at each call of the function.
    public var work: Int
    /// Seconds of the unprofiled program, by round.
    public var control: [Double]
    public var designs: [CausalSeconds]
}

/// The time that a design gives the function by itself, in the unprofiled program's seconds, by round.
public struct CausalSeconds: Encodable, Sendable, Equatable {
    public var name: String
    public var seconds: [Double]
}
