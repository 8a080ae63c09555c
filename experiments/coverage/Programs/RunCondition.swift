import ProfileModel

/// What surrounds a profiled run, beside chance.
struct RunCondition: Sendable, Hashable {
    enum User: String, Sendable {
        /// May take real-time priority for the clock thread.
        case root
        /// `nobody`, who may not.
        case unprivileged
    }

    var clock = Clock.wall
    var user = User.root
    /// Busy processes beside the run.
    var load = 0
    /// Whether the run has one processor alone.
    var isPinned = false
    /// The interpreter's version, where it is another than the experiment's own.
    var python: String?

    /// As every measurement before there were conditions.
    static let usual = RunCondition()

    /// Stands in the store and in the table: `wall root quiet`, `cpu unprivileged load 4`.
    var name: String {
        let places = isPinned ? "one processor" : load > 0 ? "load \(load)" : "quiet"
        return ([clock.rawValue, user.rawValue, places] + [python].compactMap { $0 }).joined(separator: " ")
    }

    /// Whether the profiler's own thread always finds a processor to run on.
    var hasFreeProcessor: Bool { load == 0 && !isPinned }
}
