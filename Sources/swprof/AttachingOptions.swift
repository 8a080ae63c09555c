import ArgumentParser
import Measuring
import ProfileModel
import Running

/// How a process that runs already is looked at, and for how long.
struct AttachingOptions: ParsableArguments {
    @Option(
        parsing: .unconditional, help: ArgumentHelp("End after so many seconds.", valueName: "seconds"))
    var duration: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "End when no share that is shown is further off than this: intervals that hold at every look.",
            valueName: "error"))
    var until: Double?

    @Option(
        name: [.short, .long], parsing: .unconditional, help: ArgumentHelp("Ticks a second.", valueName: "hz"))
    var rate = 1000.0

    @Option(help: "When to look: jittered, poisson or periodic.")
    var schedule = Schedule.jittered

    @Option(help: "Where the schedule's random numbers start, to have them again.")
    var seed: UInt64?

    @Flag(help: "Profile the Python processes beneath it, too.")
    var children = false

    /// The longest that can be said in nanoseconds, roughly: a year.
    private static let longest = 3.2e7

    func settings() throws -> ProfilingSettings {
        guard ProfilingOptions.rates.contains(rate) else {
            throw Ending.usage("a rate of \(rate) Hz cannot be kept; give one from 0.01 to 100000 with --rate")
        }
        if let duration, !(duration > 0 && duration <= Self.longest) {
            throw Ending.usage("--duration \(duration) is no time to look for; give seconds above 0, or leave it out")
        }
        guard !children || until == nil else {
            throw Ending.usage("--until is about the shares of one process; leave out --children")
        }
        var settings = seed.map { ProfilingSettings(seed: $0) } ?? ProfilingSettings()
        (settings.rate, settings.schedule, settings.children) = (rate, schedule, children)
        return settings
    }

    /// How it is watched; `nil` where it is not.
    func watch(_ view: ViewOptions, isShown: Bool, _ pid: String) throws -> LiveSettings? {
        guard isShown || until != nil else { return nil }
        return try LiveSettings(
            view, schedule: schedule, until: until, keys: true, isShown: isShown, title: "process \(pid)")
    }

    func profile(
        _ target: TargetProcess, isFromWithin: Bool, _ settings: ProfilingSettings, _ watch: LiveSettings?
    ) throws -> Attaching.Outcome {
        let attaching = try Attaching(target, isFromWithin: isFromWithin)
        guard var watch else {
            return try attaching.profile(settings, for: duration) {
                guard Terminal.showsProgress else { return }
                Output.printError("swprof: looking at process \(target.id); Ctrl-C ends that and shows the report")
            }
        }
        let whose = settings.children ? ", without its children" : ""
        watch.title = "process \(target.id)\(whose)  \(target.words.joined(separator: " "))"
        let watching = LiveWatching(watch)
        defer { watching.close() }
        return try attaching.profile(settings, for: duration, watching: watching)
    }
}
