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

    @OptionGroup var attaching: AttachingOptions

    @Flag(
        help: "Sample it from within (Python 3.14 and newer): it runs a script of swprof's and looks at its own stacks."
    )
    var inject = false

    @Flag(help: "Watch it meanwhile: a view of shares that refreshes, on the terminal (keys: f, l, t; q ends).")
    var live = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Write the profile here (with --json, the JSON).", valueName: "file"))
    var output: String?

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the findings as one HTML file.", valueName: "out"))
    var html: String?

    @OptionGroup var view: ViewOptions

    func run() throws { try run(isLive: live && LiveSettings.canBeShown()) }

    func run(isLive: Bool) throws {
        let settings = try attaching.settings()
        if settings.children, inject {
            throw Ending.usage("--inject is for one process; leave out one of --inject and --children")
        }
        try view.check()
        try view.check(inject ? .signal : .remote, .wall)
        for path in [output, html] { try Output.checkWritable(path) }
        try Output.checkApart(output, html)
        let watch = try attaching.watch(view, isShown: isLive, pid)
        let target = try TargetProcess(pid)
        if target.isStopped {
            Output.printError(
                "swprof: process \(target.id) is stopped, and does nothing until it is told to go on (kill -CONT \(target.id))"
            )
        }
        let own = target.ownFolders
        let outcome = try attaching.profile(target, isFromWithin: inject, settings, watch)
        var profile = outcome.profile
        profile.own = own
        view.addOwn(to: &profile)
        try withExtendedLifetime(outcome.capture) { try write(profile) }
    }

    private func write(_ profile: Profile) throws {
        Output.outliveReaders()
        // The profile first: nothing captured is lost.
        if let output, !json {
            try Output.keep(
                ProfileFormat.write(profile, as: ProfileFormat.forPath(output) ?? .pprof), at: output, ending: ".pb.gz")
        }
        let findings = try view.findings(of: profile)
        let flame = FlameGraph.root(of: [try profile.restricted(to: findings.time)], within: findings.within)
        if json {
            try Output.keep(JSONReport.encode(findings), at: output ?? "-")
        } else {
            try report(findings, flame)
        }
        if let html { try Output.writePage(of: findings, profile, to: html) }
    }

    /// On standard output, where the profile does not go there.
    private func report(_ findings: RunFindings, _ flame: FlameNode) throws {
        let isBeside = [output, html].contains(Output.standard)
        let colors = isBeside ? Output.errorTakesColors : Output.standardTakesColors
        let options = view.terminal(colors: colors, width: Output.width(of: isBeside ? 2 : 1))
        let text = TerminalReport.run(findings, flame: flame, options: options, source: FileSourceText())
        guard !isBeside else { return Output.printError(text) }
        Output.printStandard(text)
        if let output { Output.printStandard("profile written to \(output.legible())") }
    }
}
