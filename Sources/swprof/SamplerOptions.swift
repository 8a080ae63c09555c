import ArgumentParser
import Measuring
import ProfileFormats
import ProfileModel
import Running

/// The sampler that `simulate` replays.
struct SamplerOptions: ParsableArguments {
    @Option(name: [.customShort("d"), .customLong("design")], help: "The design.")
    var sampling = SamplingDesign(design: .signal)

    private var design: Design { sampling.design }

    @Option(name: [.short, .long], parsing: .unconditional, help: ArgumentHelp("Ticks a second.", valueName: "hz"))
    var rate = 1000.0

    @Option(help: "When the sampler looks: jittered, poisson or periodic.")
    var schedule = Schedule.jittered

    @Option(help: "What the time is: wall or cpu, as the timeline was recorded. (default: the timeline's)")
    var clock: Clock?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The length of a run: a longer timeline is cut, a shorter one repeated. (default: the timeline's)",
            valueName: "s"))
    var length: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Read a stack frame by frame over so many microseconds, while the program runs on.", valueName: "µs"))
    var torn = 0.0

    @Option(parsing: .unconditional, help: ArgumentHelp("Lose this part of the ticks at random.", valueName: "p"))
    var loss: Double?

    @Option(help: ArgumentHelp("Lose ticks as the run in this profile did.", valueName: "file"))
    var ledger: String?

    @Option(
        name: .customLong("switch-interval"), parsing: .unconditional,
        help: ArgumentHelp("For gil: how long a thread keeps the GIL once another wants it.", valueName: "s"))
    var switchInterval = 0.005

    @Option(
        name: .customLong("releases"),
        help: ArgumentHelp("For gil: a function that waits without the GIL; may be given again.", valueName: "function")
    )
    var releasing: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "When the run begins, as a part of the first interval. (default: any, of periodic ticks)", valueName: "p"))
    var phase: Double?

    @Option(help: "Where the random numbers start, to have them again.")
    var seed: UInt64?

    func settings() throws -> ReplaySettings {
        try check()
        var settings = seed.map { ReplaySettings(seed: $0) } ?? ReplaySettings()
        (settings.design, settings.schedule, settings.rate) = (design, schedule, rate)
        (settings.seconds, settings.torn, settings.phase) = (length, torn / 1e6, phase)
        (settings.switchInterval, settings.releasing) = (switchInterval, Set(releasing))
        return settings
    }

    private func check() throws {
        guard design.kind == .sampling else {
            throw Ending.usage(
                "\(design.rawValue) is told of every call and has no ticks to replay; give signal or gil with --design")
        }
        guard ProfilingOptions.rates.contains(rate) else {
            throw Ending.usage("a rate of \(rate) Hz cannot be kept; give one from 0.01 to 100000 with --rate")
        }
        if let length, !(0.001...1_000_000).contains(length) {
            throw Ending.usage(
                "a run of \(length) s cannot be replayed; give a number from 0.001 to 1000000 with --length")
        }
        guard (0...1_000_000).contains(torn) else {
            throw Ending.usage("reads of \(torn) µs cannot be; give a number from 0 to 1000000 with --torn")
        }
        if let loss, !(0..<1).contains(loss) {
            throw Ending.usage("a loss of \(loss) leaves nothing to replay; give a part from 0 to 1 with --loss")
        }
        guard loss == nil || ledger == nil else {
            throw Ending.usage("--loss and --ledger say the same; give one of them")
        }
        guard (0...60).contains(switchInterval) else {
            throw Ending.usage("a switch interval of \(switchInterval) s cannot be; give one from 0 to 60")
        }
        if let phase, !(0...1).contains(phase) {
            throw Ending.usage("a phase of \(phase) is no part of an interval; give one from 0 to 1 with --phase")
        }
        if torn > 0, design == .gil { throw Ending.usage("gil reads while the program stands still; leave out --torn") }
    }

    /// Throws where the sampler cannot be replayed over this timeline.
    func check(_ timeline: Timeline, _ settings: ReplaySettings) throws {
        if let clock, clock != timeline.run.clock {
            throw Ending.usage(
                "the timeline has \(timeline.run.clock.rawValue) time, not \(clock.rawValue); record it with --clock \(clock.rawValue)"
            )
        }
        try Self.check(timeline, settings)
    }

    static func check(_ timeline: Timeline, _ settings: ReplaySettings) throws {
        if timeline.run.clock == .cpu, timeline.threads.count > 1 {
            throw Ending.usage(
                "the CPU clocks of \(timeline.threads.count) threads have no common instant to look at; record with --clock wall"
            )
        }
        let ticks = settings.rate * (settings.seconds ?? Double(timeline.span.count) / 1e9)
        guard ticks <= mostTicks else {
            throw Ending.usage(
                "a run of \(Int64(ticks).grouped) ticks is too long to replay; give a lower rate, or a shorter --length"
            )
        }
    }

    private static let mostTicks = 5e7

    func replayedLoss() throws -> ReplayLoss {
        guard let ledger else { return loss.map { .random($0) } ?? .none }
        guard let loss = ReplayLoss(of: try ProfileFormat.read(path: ledger)) else {
            throw Ending.failure(
                "\(ledger) does not say which ticks were lost; give a profile of one of swprof's samplers")
        }
        return loss
    }
}
