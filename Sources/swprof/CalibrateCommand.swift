import Analysis
import ArgumentParser
import ProfileModel
import Reports
import Running

/// `swprof calibrate`: what tracing costs on this machine.
struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate", abstract: "Measure what the probes of tracing designs cost here, and keep it for their reports.")

    @Option(name: [.short, .long], help: "A tracing design; may be given several times. (default: all that the interpreter supports)")
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
        let tracing = design.isEmpty ? Design.allCases.filter(\.costsByCall) : design
        let measured = try await calibrating.measure(tracing, rounds: runs)
        guard !measured.costs.isEmpty else {
            throw Ending.failure(measured.refusals.values.sorted().first ?? "no design saw the calibrating program's calls; run swprof doctor")
        }
        try calibrating.store.keep(measured.costs, clock: clock)
        if isReplacing, let path = calibrating.store.path {
            Output.printError("swprof: \(path.legible()) held no calibration that can be read, and was replaced")
        }
        try report(measured, tracing, calibrating)
    }

    private func check() throws {
        if let sampler = design.first(where: { $0.kind != .tracing }) {
            throw Ending.usage("\(sampler.rawValue) is a sampler and has no probes; give a tracing design with -d")
        }
        if let other = design.first(where: { !$0.costsByCall }) {
            throw Ending.usage("\(other.rawValue) costs by lines, which are not calibrated; give another tracing design with -d")
        }
        guard (ProbeCalibration.fewestRounds...1000).contains(runs) else {
            throw Ending.usage("\(runs) runs cannot be; give a number from \(ProbeCalibration.fewestRounds) to 1000 with --runs")
        }
    }

    private func report(_ measured: Calibrating.Measured, _ tracing: [Design], _ calibrating: Calibrating) throws {
        let findings = CalibrationFindings(
            interpreter: calibrating.facts.path, python: calibrating.facts.python, clock: clock,
            designs: tracing.compactMap { design in measured.costs[design].map { DesignCosts(name: design.rawValue, $0) } },
            file: calibrating.store.path, caveats: tracing.compactMap { measured.caveat(of: $0) })
        let options = TerminalOptions(colors: Output.standardIsTerminal, width: Output.width(of: 1))
        Output.printStandard(try json ? JSONReport.encode(findings) : TerminalReport.calibration(findings, options: options))
    }
}
