import Analysis
import ArgumentParser
import Measuring
import ProfileFormats
import ProfileModel
import Reports
import Running

/// `swprof run`: one profile of one run.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a Python program and profile it.",
        usage: "swprof run [-d DESIGN] [-r HZ] [options] SCRIPT|-m MODULE|-c CODE [ARGS…]")

    @Option(
        name: [.short, .long],
        help: "The design: \(Design.list); or one that is written in Python, as FILE.py:NAME.")
    var design = DesignArgument(.signal)

    @OptionGroup var profiling: ProfilingOptions

    @Flag(help: "Profile the processes that the program starts, too: forks, and Python programs.")
    var children = false

    @Flag(
        help:
            "Watch it meanwhile: a view of shares that refreshes, on the terminal; what the program prints there is shown when it has ended."
    )
    var live = false

    @Option(help: "Of which asyncio tasks the time is taken: running, those that run.")
    var tasks = TaskTime.running

    @OptionGroup var view: ViewOptions

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "Write the profile here (with --json, the JSON); with - to standard output; the program then prints to standard error.",
            valueName: "file"))
    var output: String?

    @Argument(help: "The program and its arguments.")
    var program: [String] = []

    func run() async throws {
        var settings = try profiling.settings([design.design])
        settings.children = children
        if children, let written = design.design.written {
            throw Ending.usage(
                "the design \(written.name) is written in Python, and such follow no children; leave out --children")
        }
        let program = try ProgramArguments.program(program)
        try tasks.check()
        try view.check()
        try view.check(design.design, settings.clock)
        let folders = OwnPaths.folders(of: program.source)
        let own = try folders + ProjectSettings.own(above: folders.first ?? ".")
        for path in [output, profiling.html] { try Output.checkWritable(path, besides: program.files) }
        try Output.checkApart(output, profiling.html)
        let interpreter = try Interpreter(profiling.python ?? program.interpreter)
        var runner = try ProgramRunner(program, interpreter: interpreter)
        settings.design = try await design.design.declared(by: interpreter)
        runner.keepsCapture = true
        let calibrations = await Calibrating.supply(
            [settings.design], interpreter: interpreter, clock: settings.clock, selecting: !settings.functions.isEmpty)
        let outcome = try await outcome(&runner, settings, program)
        guard var profile = outcome.profile else {
            Output.printError("swprof: nothing was profiled: the program ended before its first line ran")
            throw Ending.same(as: outcome.process)
        }
        profile.audit = EnvironmentAudit.take(interpreter)
        profile.own = own
        view.addOwn(to: &profile)
        calibrations.add(to: &profile)
        if !settings.functions.isEmpty, profile.functions.isEmpty {
            let names = settings.functions.joined(separator: ", ")
            profile.caveats.append(
                Caveat(code: "nothing-traced", text: "No function was called that --trace names: \(names)."))
        }
        try withExtendedLifetime(outcome.capture) { try write(profile) }
        throw Ending.same(as: outcome.process)
    }

    private func outcome(
        _ runner: inout ProgramRunner, _ settings: ProfilingSettings, _ program: Program
    ) async throws -> ProfiledOutcome {
        guard live, LiveSettings.canBeShown() else {
            return try await runner.profile(settings, output: takesStandardOutput ? .toStandardError : .passedOn)
        }
        let watching = LiveThread(try watch(settings, program))
        let held = try HeldOutput(toStandardError: takesStandardOutput)
        runner.onLaunch = watching.begin
        let result: Result<ProfiledOutcome, RunningError>
        do throws(RunningError) { result = .success(try await runner.profile(settings, output: .held(held))) } catch {
            result = .failure(error)
        }
        watching.end()
        held.show()
        return try result.get()
    }

    /// Whether a result goes there, and so the program's output does not.
    private var takesStandardOutput: Bool { [output, profiling.html].contains(Output.standard) }

    private func watch(_ settings: ProfilingSettings, _ program: Program) throws -> LiveSettings {
        let title = program.words.joined(separator: " ") + (children ? "  (its first process)" : "")
        return try LiveSettings(view, schedule: settings.schedule, keys: false, isShown: true, title: title)
    }

    private func write(_ profile: Profile) throws {
        Output.outliveReaders()
        // The profile first, and the report even where that fails: nothing captured is lost.
        let saved = Result { try save(profile) }
        try report(profile, isSaved: (try? saved.get()) != nil)
        try saved.get()
    }

    private func save(_ profile: Profile) throws {
        guard let output, !profiling.json else { return }
        try Output.keep(
            ProfileFormat.write(profile, as: ProfileFormat.forPath(output) ?? .pprof), at: output, ending: ".pb.gz")
    }

    private func report(_ profile: Profile, isSaved: Bool) throws {
        let findings = try view.findings(of: profile)
        let flame = FlameGraph.root(of: [try profile.restricted(to: findings.time)], within: findings.within)
        if profiling.json {
            let text = try JSONReport.encode(findings)
            if let output { try Output.keep(text, at: output) } else { Output.printError(text) }
        } else {
            let options = view.terminal(colors: Output.errorTakesColors, width: Output.width(of: 2))
            Output.printError(TerminalReport.run(findings, flame: flame, options: options, source: FileSourceText()))
            if let output, isSaved, output != Output.standard {
                Output.printError("profile written to \(output.legible())")
            }
        }
        if let html = profiling.html {
            try Output.writePage(of: findings, profile, to: html)
        }
    }
}

extension TerminalOptions {
    /// As the terminal behind standard error wants it.
    static var standardError: TerminalOptions {
        TerminalOptions(colors: Output.errorTakesColors, width: Output.width(of: 2))
    }
}
