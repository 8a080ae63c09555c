import Analysis
import ArgumentParser
import Measuring
import ProfileFormats
import ProfileModel
import Reports
import Running

/// `swprof record`: an exact timeline of one run.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Run a Python program and write down what it does at every instant, for swprof simulate.",
        usage: "swprof record [-d DESIGN] [-o TIMELINE] [options] SCRIPT|-m MODULE|-c CODE [ARGS…]")

    @Option(name: [.customShort("d"), .customLong("design")], help: "The tracing design that records.")
    var recording = RecordingDesign(design: .evalframe)

    @Flag(
        name: .customLong("known-answer"),
        help: "Trace nothing: take the timeline that a known-answer workload tells of itself.")
    var isKnownAnswer = false

    @Flag(
        name: .customLong("control"),
        help: "Run the program once more as it is, and say how much longer recording takes.")
    var runsControl = false

    @Option(help: "What the time is: wall or cpu.")
    var clock = Clock.wall

    @Option(help: ArgumentHelp("The Python to run with; else the first python3 on the PATH.", valueName: "path"))
    var python: String?

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Write the timeline here.", valueName: "timeline"))
    var output = "timeline.swtl"

    @Argument(help: "The program and its arguments.")
    var program: [String] = []

    private var design: Design { recording.design }

    private static var designs: String {
        let names = RecordingDesign.allValueStrings
        return names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
    }

    func run() async throws {
        guard design.kind == .tracing else {
            throw Ending.usage("\(design.rawValue) samples, and sees no events; record by \(Self.designs)")
        }
        guard !isKnownAnswer || !runsControl else {
            throw Ending.usage("--known-answer traces nothing, so nothing takes longer; leave out --control")
        }
        let program = try ProgramArguments.program(program)
        try Output.checkWritable(output, besides: program.files)
        guard output != "-" else { throw Ending.usage("a timeline is no text; name a file with -o") }
        let interpreter = try Interpreter(python ?? program.interpreter)
        let runner = try ProgramRunner(program, interpreter: interpreter)
        let process = try await isKnownAnswer ? recordOwn(runner) : record(runner, interpreter)
        throw Ending.same(as: process)
    }

    private func record(_ runner: ProgramRunner, _ interpreter: Interpreter) async throws -> ProcessOutcome {
        var runner = runner
        (runner.reading, runner.keepsCapture) = (.nothing, true)
        var settings = ProfilingSettings()
        (settings.design, settings.clock, settings.events) = (design, clock, true)
        let calibrations = await Calibrating.supply(
            [design], interpreter: interpreter, clock: clock, selecting: false)
        let outcome = try await runner.profile(settings, output: .passedOn)
        Output.outliveReaders()
        guard let capture = outcome.capture, !capture.isEmpty else {
            Output.printError("swprof: nothing was recorded: the program ended before its first line ran")
            return outcome.process
        }
        let read = Result { try CapturedTimeline(capture.log) }
        if case .failure = read, outcome.process.signal != nil { return outcome.process }
        var captured = try read.get()
        captured.run.program = self.program
        captured.run.exit = outcome.process.status
        captured.run.audit = EnvironmentAudit.take(interpreter)
        calibrations.add(to: &captured.run)
        if runsControl { try await compare(outcome.process, with: runner, &captured) }
        try withExtendedLifetime(capture) { try captured.write(to: output) }
        say(captured.run, events: captured.events)
        return outcome.process
    }

    /// What recording distorts is bounded by how much longer it takes.
    private func compare(
        _ recorded: ProcessOutcome, with runner: ProgramRunner, _ captured: inout CapturedTimeline
    ) async throws {
        let control = try await runner.control(output: .hashed)
        captured.run.caveats.append(
            RecordingCost(
                recorded: recorded.seconds, control: control.seconds, pauses: captured.pauseSeconds,
                isSame: recorded.status == control.status
            ).caveat)
    }

    private func recordOwn(_ runner: ProgramRunner) async throws -> ProcessOutcome {
        let (process, bytes) = try await runner.knownAnswer()
        guard let bytes, !bytes.isEmpty else {
            throw Ending.failure(
                "the program told no timeline where TRUTH_TIMELINE says; leave out --known-answer, or give a known-answer workload"
            )
        }
        var timeline = try TimelineFile.read(bytes)
        timeline.run.program = program
        timeline.run.exit = process.status
        try TimelineFile.write(timeline, to: output)
        say(timeline.run, events: timeline.count)
        return process
    }

    private func say(_ run: Profile, events: Int) {
        for caveat in run.caveats { Output.printError("swprof: \(caveat.text.legible())") }
        Output.printError("timeline of \(events.grouped) events written to \(output.legible())")
    }
}
