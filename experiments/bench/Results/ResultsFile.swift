import FoundationEssentials
import Measuring
import Running

/// What a bench leaves behind: the table, every raw measurement, and where it was measured.
struct ResultsFile: Encodable, Sendable {
    var schema = "swprof.bench/2"
    var environment: [String: String]
    var rows: [Row] = []
    /// Every round of the figures that are measured in rounds, by the figure's name.
    private(set) var rounds: [String: [[RoundRun]]] = [:]

    init(environment: [String: String]) { self.environment = environment }

    mutating func keep(_ rounds: [BenchRound], of figure: String) {
        self.rounds[figure] = rounds.map { $0.runs.map(RoundRun.init) }
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try encoder.encode(self).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw RunningError.failed("cannot write \(path): is the folder writable?")
        }
    }
}

/// One run of a round; a round's runs stand in their order.
struct RoundRun: Encodable, Sendable {
    var arm: String
    var rate: Double?
    var program: String?
    var conditions: Conditions
    var measurement: Measurement

    init(_ run: BenchRound.Run) {
        (arm, rate, program) = (run.arm.tool, run.arm.rate, run.arm.program)
        (conditions, measurement) = (run.conditions, run.outcome)
    }
}
