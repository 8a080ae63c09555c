import ArgumentParser
import ProfileModel
import Running

extension Design: ExpressibleByArgument {
    /// One that a program can be started under.
    public init?(argument: String) {
        guard let design = Design.allCases.first(where: { $0.rawValue == argument }) else { return nil }
        self = design
    }
}
extension Schedule: ExpressibleByArgument {}
extension Clock: ExpressibleByArgument {}

/// A design on the command line of what runs designs in Python, too: one of swprof's own, or `FILE.py:NAME`.
struct DesignArgument: ExpressibleByArgument {
    let design: Design

    init(_ design: Design) { self.design = design }

    init?(argument: String) {
        guard let design = Design(argument: argument) ?? WrittenDesign(argument).map({ .written($0) }) else {
            return nil
        }
        self.design = design
    }

    var defaultValueDescription: String { design.rawValue }
    static var allValueStrings: [String] { Design.allCases.map(\.rawValue) }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// What `run` and `compare` have in common: how to sample, and with which Python.
struct ProfilingOptions: ParsableArguments {
    @Option(
        name: [.short, .long], parsing: .unconditional,
        help: ArgumentHelp("Ticks a second, for samplers.", valueName: "hz"))
    var rate = 1000.0

    @Option(help: "When a sampler looks: jittered, poisson or periodic.")
    var schedule = Schedule.jittered

    @Option(help: "What the time is: wall or cpu.")
    var clock = Clock.wall

    @Option(
        name: .customLong("trace"),
        help: ArgumentHelp("For lines: trace only functions of this name; may be given again.", valueName: "function"))
    var functions: [String] = []

    @Option(help: ArgumentHelp("The Python to run with; else the first python3 on the PATH.", valueName: "path"))
    var python: String?

    @Option(help: "Where the schedule's random numbers start, to have them again.")
    var seed: UInt64?

    @Flag(help: "Write the findings as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the findings as one HTML file.", valueName: "out"))
    var html: String?

    /// A clock thread can keep no higher rate, and a lower one sees nothing.
    static let rates = 0.01...100_000.0

    /// - Parameter designs: that are to run by them.
    func settings(_ designs: [Design]) throws -> ProfilingSettings {
        guard functions.isEmpty || designs.contains(.lines) else {
            throw Ending.usage("--trace goes with the design lines; name it, or leave --trace out")
        }
        guard Self.rates.contains(rate) else {
            throw Ending.usage("a rate of \(rate) Hz cannot be kept; give one from 0.01 to 100000 with --rate")
        }
        var settings = seed.map { ProfilingSettings(seed: $0) } ?? ProfilingSettings()
        settings.rate = rate
        settings.schedule = schedule
        settings.clock = clock
        settings.functions = functions
        return settings
    }
}
