import Analysis
import ArgumentParser
import Measuring
import ProfileFormats
import ProfileModel
import Reports
import Running

/// `swprof attach`: a profile of a process that runs already.
struct AttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Profile a Python process that runs already, without stopping it, until it ends or Ctrl-C.")

    @Argument(help: "The number of the process.")
    var pid: String

    @Option(
        parsing: .unconditional, help: ArgumentHelp("End after so many seconds.", valueName: "seconds"))
    var duration: Double?

    @Option(
        name: [.short, .long], parsing: .unconditional, help: ArgumentHelp("Ticks a second.", valueName: "hz"))
    var rate = 1000.0

    @Flag(help: "Profile the Python processes beneath it, too.")
    var children = false

    @Option(help: "When to look: jittered, poisson or periodic.")
    var schedule = Schedule.jittered

    @Option(help: "Where the schedule's random numbers start, to have them again.")
    var seed: UInt64?

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Write the profile here (with --json, the JSON).", valueName: "file"))
    var output: String?

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the findings as one HTML file.", valueName: "out"))
    var html: String?

    @OptionGroup var view: ViewOptions

    func run() throws {
        let settings = try settings()
        try view.check()
        for path in [output, html] { try Output.checkWritable(path) }
        let target = try TargetProcess(pid)
        if target.isStopped {
            Output.printError(
                "swprof: process \(target.id) is stopped, and does nothing until it is told to go on (kill -CONT \(target.id))"
            )
        }
        if Terminal.showsProgress {
            Output.printError("swprof: looking at process \(target.id); Ctrl-C ends that and shows the report")
        }
        let own = target.ownFolders
        let outcome = try Attaching(target).profile(settings, for: duration)
        var profile = outcome.profile
        profile.own = own
        view.addOwn(to: &profile)
        try withExtendedLifetime(outcome.capture) { try write(profile) }
    }

    /// The longest that can be said in nanoseconds, roughly: a year.
    private static let longest = 3.2e7

    private func settings() throws -> ProfilingSettings {
        guard ProfilingOptions.rates.contains(rate) else {
            throw Ending.usage("a rate of \(rate) Hz cannot be kept; give one from 0.01 to 100000 with --rate")
        }
        if let duration, !(duration > 0 && duration <= Self.longest) {
            throw Ending.usage("--duration \(duration) is no time to look for; give seconds above 0, or leave it out")
        }
        var settings = seed.map { ProfilingSettings(seed: $0) } ?? ProfilingSettings()
        (settings.rate, settings.schedule, settings.children) = (rate, schedule, children)
        return settings
    }

    private func write(_ profile: Profile) throws {
        Output.outliveReaders()
        // The profile first: nothing captured is lost.
        if let output, !json {
            try Output.keep(
                ProfileFormat.write(profile, as: ProfileFormat.forPath(output) ?? .pprof), at: output, ending: ".pb.gz")
        }
        let findings = try RunAnalysis.findings(of: profile, within: view.within)
        let flame = FlameGraph.root(of: [profile], within: view.within)
        if json {
            try Output.keep(JSONReport.encode(findings), at: output ?? "-")
        } else {
            let options = view.terminal(colors: Output.standardTakesColors, width: Output.width(of: 1))
            Output.printStandard(TerminalReport.run(findings, flame: flame, options: options, source: FileSourceText()))
            if let output { Output.printStandard("profile written to \(output.legible())") }
        }
        if let html { try Output.write(HTMLReport.run(findings, flame: flame, source: FileSourceText()), toPath: html) }
    }
}
