import ProfileModel
import Running

/// The sampler that is replayed over a timeline.
public struct ReplaySettings: Sendable {
    public var design = Design.signal
    public var schedule = Schedule.jittered
    /// Ticks a second.
    public var rate = 1000.0
    /// The length of a run in seconds: of a longer timeline its beginning, and of a shorter one again and again; `nil` for the
    /// timeline's own.
    public var seconds: Double?
    /// How long it takes to read one stack while the program runs on, in seconds; 0 where the program stands still.
    public var torn = 0.0
    public var loss = ReplayLoss.none
    /// How long a thread may keep the GIL once another wants it, in seconds: what `sys.getswitchinterval` says.
    public var switchInterval = 0.005
    /// Functions in which a thread waits without the GIL, beside those of the standard library that are known.
    public var releasing: Set<String> = []
    /// When the run begins, as a part of the first interval; `nil` for 0, and of periodic ticks for any.
    public var phase: Double?
    public var seed: UInt64

    public init(seed: UInt64 = .random(in: 0 ... .max)) { self.seed = seed }
}
