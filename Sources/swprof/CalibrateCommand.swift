import Analysis
import ArgumentParser
import Measuring
import ProfileModel
import Reports
import Running

/// `swprof calibrate`: what probes cost on this machine.
struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Measure what the probes of designs cost here, and keep it for the reports of those that trace.")

    @Option(
        name: [.short, .long],
        help: "A design; may be given several times. (default: all that the interpreter supports)")
    var design: [Design] = []

    @Option(help: ArgumentHelp("The Python to calibrate; else the first python3 on the PATH.", valueName: "path"))
    var python: String?

    @Option(help: "What the time is: wall or cpu.")
    var clock = Clock.wall

    @Option(parsing: .unconditional, help: ArgumentHelp("Processes of each kind.", valueName: "n"))
    var runs = 12

    @Flag(help: "Print the costs as JSON.")
    var json = false

    func run() async throws {
        try check()
        let interpreter = try Interpreter(python)
        let calibrating = try await Calibrating(interpreter, clock: clock)
        let isReplacing = calibrating.store.isDamaged
        let designs = design.isEmpty ? Design.allCases : design
        let measured = try await calibrating.measure(designs, rounds: runs)
        guard !measured.costs.isEmpty else {
            throw Ending.failure(
                measured.refusals.values.sorted().first
                    ?? "no design saw the calibrating program's calls; run swprof doctor")
        }
        try calibrating.store.keep(measured.costs, clock: clock)
        if isReplacing, let path = calibrating.store.path {
            Output.printError("swprof: \(path.legible()) held no calibration that can be read, and was replaced")
        }
        try report(measured, designs, calibrating)
    }

    private func check() throws {
        guard (ProbeCalibration.fewestRounds...1000).contains(runs) else {
            throw Ending.usage(
                "\(runs) runs cannot be; give a number from \(ProbeCalibration.fewestRounds) to 1000 with --runs")
        }
    }

    private func report(_ measured: Calibrating.Measured, _ designs: [Design], _ calibrating: Calibrating) throws {
        let findings = CalibrationFindings(
            interpreter: calibrating.facts.path, python: calibrating.facts.python, clock: clock,
            designs: designs.compactMap { design in
                measured.costs[design].map { DesignCosts(name: design.rawValue, $0) }
            },
            samplesPerSecond: designs.contains { $0.kind == .sampling && measured.costs[$0] != nil }
                ? CalibrationRuns.sampleRate : nil,
            file: calibrating.store.path, caveats: designs.compactMap { measured.caveat(of: $0) })
        let options = TerminalOptions(colors: Output.standardTakesColors, width: Output.width(of: 1))
        Output.printStandard(
            try json ? JSONReport.encode(findings) : TerminalReport.calibration(findings, options: options))
    }
}
