import Analysis
import ArgumentParser
import Measuring
import ProfileFormats
import ProfileModel
import Reports

/// `swprof plan`: how many samples and runs a share needs.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Say how many samples and runs a share needs to be known to within an error.")

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The share, between 0 and 1; else the hottest function's of FILE, or 0.5.", valueName: "p"))
    var share: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The error that is allowed, as a part of the whole: 0.01 is one point.", valueName: "e"))
    var error = 0.01

    @Option(parsing: .unconditional, help: ArgumentHelp("So many runs; else as few as will do.", valueName: "r"))
    var runs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The standard deviation of the share from run to run.", valueName: "s"))
    var spread: Double?

    @Option(
        name: [.short, .long], parsing: .unconditional,
        help: ArgumentHelp("Samples a second; else the profile's, or 1000.", valueName: "hz"))
    var rate: Double?

    @Flag(help: "Print the plan as JSON.")
    var json = false

    @Argument(help: "A sampler's profile, to take the share, the rate and the scatter of its samples from.")
    var file: String?

    @Option(
        help: ArgumentHelp(
            "A timeline of swprof record, to sample in place of a profile; or the format of FILE.",
            valueName: "timeline"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Which of several times that a file measures is wanted, by its name, such as cpu.", valueName: "name"))
    var type: String?

    func run() throws {
        try check()
        let evidence = try evidence()
        let question = Planning.Question(
            share: share, error: error, runs: runs, betweenRuns: spread, rate: rate ?? evidence?.rate)
        let findings: PlanFindings
        do throws(AnalysisError) {
            findings = try Planning.findings(question, profile: evidence?.profile, truths: evidence?.truths ?? [:])
        } catch {
            throw Ending.usage(error.description)
        }
        let options = TerminalOptions(colors: Output.standardTakesColors, width: Output.width(of: 1))
        Output.printStandard(try json ? JSONReport.encode(findings) : TerminalReport.plan(findings, options: options))
    }

    private typealias Evidence = (profile: Profile, rate: Double?, truths: [Function: Double])

    /// Of FILE, or what a sampler would have left of a recorded run, of which the rate is given and the shares are known.
    private func evidence() throws -> Evidence? {
        if let file {
            return (try ProfileFormat.read(path: file, as: format(), type: type), nil, [:])
        }
        guard let from else { return nil }
        let simulation = try simulation(of: TimelineFile.read(from))
        return (simulation.drawnProfile(), Planning.usualRate, try simulation.truths())
    }

    private func simulation(of timeline: Timeline) throws -> Simulation {
        var settings = ReplaySettings(seed: 0)
        settings.rate = rate ?? Planning.usualRate
        try SamplerOptions.check(timeline, settings)
        let compensated = timeline.compensated()
        return Simulation(compensated ?? timeline, isCompensated: compensated != nil, settings)
    }

    private func format() throws -> FormatName? {
        try from.map { name in
            guard let format = FormatName(rawValue: name) else {
                throw Ending.usage(
                    "there is no format '\(name)'; --from takes one of \(FormatName.listed(ProfileFormat.readable)), or a timeline in place of FILE"
                )
            }
            return format
        }
    }

    private func check() throws {
        if let share, !(share > 0 && share < 1) {
            throw Ending.usage("a share of \(share) cannot be planned for; give one between 0 and 1 with --share")
        }
        guard error > 0, error < 0.5 else {
            throw Ending.usage("an error of \(error) cannot be planned for; give one between 0 and 0.5 with --error")
        }
        if let runs, !(1...1_000_000).contains(runs) {
            throw Ending.usage("\(runs) runs cannot be; give a number from 1 to 1000000 with --runs")
        }
        if let spread, !(spread >= 0 && spread < 1) {
            throw Ending.usage("a spread of \(spread) cannot be; give one from 0 to 1 with --spread")
        }
        if let rate, !ProfilingOptions.rates.contains(rate) {
            throw Ending.usage("a rate of \(rate) Hz cannot be kept; give one from 0.01 to 100000 with --rate")
        }
    }
}
