import Analysis
import ArgumentParser
import Measuring
import ProfileFormats
import ProfileModel
import Reports
import Running

/// `swprof simulate`: what any sampler would have said of a recorded run.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Replay a sampler over a recorded timeline, and say what it would have shown.",
        usage: "swprof simulate TIMELINE [-d DESIGN] [-r HZ] [--schedule S] [--times N] [options]")

    @Argument(help: "A file that swprof record wrote, or a known-answer workload where TRUTH_TIMELINE says.")
    var timeline: String

    @OptionGroup var sampler: SamplerOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("So many replays.", valueName: "n"))
    var times = 1000

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Say what is enough for this error: 0.01 is one point.", valueName: "e"))
    var error = 0.01

    @Option(help: ArgumentHelp("Shares of the time under this function.", valueName: "function"))
    var within: String?

    @Flag(help: "Replay at other rates too, and look where periodic ticks run in step with the program.")
    var scan = false

    @Flag(name: .customLong("as-measured"), help: "Leave in the timeline what recording took.")
    var isAsMeasured = false

    @Option(parsing: .unconditional, help: ArgumentHelp("The most rows of a table.", valueName: "n"))
    var top: Int?

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the findings, with curves, as one HTML file.", valueName: "out"))
    var html: String?

    func run() async throws {
        try check()
        var settings = try sampler.settings()
        let recorded = try TimelineFile.read(timeline)
        try sampler.check(recorded, settings)
        settings.loss = try sampler.replayedLoss()
        let compensated = isAsMeasured ? nil : recorded.compensated()
        let simulation = Simulation(
            compensated ?? recorded, isCompensated: compensated != nil, settings, within: within)
        var findings = try await simulation.findings(times: times, error: error)
        if scan || html != nil { try await addScan(simulation, to: &findings) }
        try report(findings)
    }

    private func check() throws {
        guard (1...1_000_000).contains(times) else {
            throw Ending.usage("\(times) replays cannot be; give a number from 1 to 1000000 with --times")
        }
        guard error > 0, error < 0.5 else {
            throw Ending.usage("an error of \(error) cannot be planned for; give one between 0 and 0.5 with --error")
        }
        if let top, top < 1 { throw Ending.usage("--top \(top) shows nothing; give a number from 1 on") }
        try Output.checkWritable(html, besides: [timeline, sampler.ledger].compactMap(\.self))
    }

    private func addScan(_ simulation: Simulation, to findings: inout SimulateFindings) async throws {
        let rates = RateScan(around: sampler.rate, within: ProfilingOptions.rates)
        findings.curve = try await simulation.curve(rates.curve, times: times)
        findings.aliasing = try await simulation.aliasing(rates.harmonics, times: min(times, RateScan.replays))
    }

    private func report(_ findings: SimulateFindings) throws {
        if json {
            Output.printStandard(try JSONReport.encode(findings))
        } else if html == nil {
            let options = TerminalOptions(
                top: top, colors: Output.standardTakesColors, width: Output.width(of: 1))
            Output.printStandard(TerminalReport.simulate(findings, options: options))
        }
        if let html { try Output.write(HTMLReport.simulate(findings), toPath: html) }
    }
}
