import Analysis
import ArgumentParser
import Measuring
import ProfileFormats
import ProfileModel
import Reports
import Running

/// `swprof report`: what a profile says, in another form or from another side.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Show a profile that exists already.")

    @Argument(help: "A profile, of swprof or of another tool, or a capture log.")
    var file: String

    @OptionGroup var reading: ReadingOptions

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the findings as one HTML file.", valueName: "out"))
    var html: String?

    @OptionGroup var view: ViewOptions

    @Option(
        help: ArgumentHelp(
            "Take these processes alone, of a program whose children were followed.", valueName: "name|pid"))
    var process: String?

    @Option(
        name: [.customShort("o"), .long], help: ArgumentHelp("Write the profile here, as run does.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The Python that a capture log is of: tells what tracing costs there, and the environment.",
            valueName: "path"))
    var python: String?

    func run() async throws {
        try view.check()
        guard output != Output.standard else {
            throw Ending.usage("the report goes to standard output, so the profile cannot; name a file with -o")
        }
        for path in [output, html] { try Output.checkWritable(path, besides: [file]) }
        var profile = try await completed(reading.read(file))
        view.addOwn(to: &profile)
        if let output {
            try FileBytes.write(ProfileFormat.write(profile, as: ProfileFormat.forPath(output) ?? .pprof), to: output)
        }
        let source = UnchangedSource(FileSourceText(), of: profile)
        profile.caveats += [source.caveat].compactMap { $0 }
        if let process { profile = try ProcessChoice.part(of: profile, process) }
        let findings = try RunAnalysis.findings(of: profile, within: view.within, time: view.time)
        let flame = FlameGraph.root(of: [try profile.restricted(to: view.time)], within: view.within)
        if json {
            Output.printStandard(try JSONReport.encode(findings))
        } else if html == nil {
            let options = view.terminal(colors: Output.standardTakesColors, width: Output.width(of: 1))
            Output.printStandard(TerminalReport.run(findings, flame: flame, options: options, source: source))
        }
        if let html { try Output.writePage(of: findings, profile, source, to: html) }
    }

    /// What `run` adds to a profile beside what the log says.
    private func completed(_ profile: Profile) async throws -> Profile {
        guard let python else { return profile }
        let interpreter = try Interpreter(python)
        var profile = profile
        if let design = Design(rawValue: profile.design), profile.probeCosts == nil {
            await Calibrating.supply([design], interpreter: interpreter, clock: profile.clock).add(to: &profile)
        }
        if profile.audit.isEmpty { profile.audit = EnvironmentAudit.take(interpreter) }
        return profile
    }
}
