import Analysis
import Measuring
import ProfileModel

/// How a run is watched: what is asked for, checked before anything runs.
struct LiveSettings: Sendable {
    var view: LiveView
    /// The most rows that are watched.
    var rows: Int
    /// The half-width at which watching ends by itself; `nil` where it does not.
    var until: Double?
    /// Whether keys are heard: standard input is swprof's own.
    var keys: Bool
    /// What is being watched.
    var title: String

    /// Whether pictures are drawn; else there is only the end to wait for.
    var isShown: Bool

    /// Throws where that makes no sense.
    init(
        _ view: ViewOptions, schedule: Schedule, until: Double? = nil, keys: Bool, isShown: Bool, title: String
    ) throws {
        self.view = try Self.view(view, isShown: isShown)
        (rows, self.until, self.keys, self.isShown, self.title) = (view.top ?? 20, until, keys, isShown, title)
        guard let until else { return }
        guard until > 0, until < 1 else {
            throw Ending.usage("an error of \(until) cannot be waited for; give one between 0 and 1 with --until")
        }
        guard schedule != .periodic else {
            throw Ending.usage(
                "--until waits for intervals, and periodic ticks have none; leave out --schedule periodic")
        }
    }

    private static func view(_ options: ViewOptions, isShown: Bool) throws -> LiveView {
        if isShown, options.time != nil {
            throw Ending.usage("a live view is of all the time, whatever threads do; leave out --time")
        }
        guard let by = options.by else { return .function }
        if let view = LiveView(rawValue: by.rawValue) { return view }
        guard isShown else { return .function }
        throw Ending.usage("a live view is by function, line or thread, and not by \(by.rawValue)")
    }

    /// Whether there is a terminal to show it; says so where there is none.
    static func canBeShown() -> Bool {
        if !LiveTerminal.isThere {
            Output.printError(
                "swprof: --live needs a terminal behind standard error that TERM does not call dumb; this goes on without a view"
            )
        }
        return LiveTerminal.isThere
    }
}
