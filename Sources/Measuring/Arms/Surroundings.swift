/// What surrounds a run, beside chance.
public struct Surroundings: Sendable, Hashable, Codable {
    public enum User: String, Sendable, Codable {
        /// May take real-time priority for the clock thread.
        case root
        /// `nobody`, who may not.
        case unprivileged
    }

    /// The interpreter's version, where it is another than the experiment's own.
    public var interpreter: String?
    /// How many processors the run has; `nil` for all.
    public var processors: Int?
    public var user = User.root
    /// Busy processes beside the run.
    public var load = 0

    public init(interpreter: String? = nil, processors: Int? = nil, user: User = .root, load: Int = 0) {
        (self.interpreter, self.processors, self.user, self.load) = (interpreter, processors, user, load)
    }

    /// Whether the profiler's own thread always finds a processor to run on.
    public var hasFreeProcessor: Bool { load == 0 && processors == nil }
}
