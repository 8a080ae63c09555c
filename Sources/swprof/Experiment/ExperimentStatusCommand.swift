import ArgumentParser
import Experiments
import Glibc
import Measuring
import Reports

/// `swprof experiment status`: how far an experiment is.
struct ExperimentStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say which cells are finished, which failed and why, and how much is left.")

    @OptionGroup var options: ExperimentOptions

    func run() async throws {
        for file in try options.files() {
            let plan = try await Plan(file.spec(quick: options.quick), file: file)
            let results = options.results(of: file)
            let store = access(results, F_OK) == 0 ? try Store(reading: results, .experiment) : nil
            let status = try ExperimentStatus(plan, store)
            Output.printStandard(try options.json ? JSONReport.encode(status) : Self.words(status))
        }
    }

    private static func words(_ status: ExperimentStatus) -> String {
        var lines = [status.title]
        for block in status.blocks {
            lines.append(
                "  \(([block.workload] + block.arguments).joined(separator: " ")) · Python \(block.python) · \(block.id.prefix(12))"
            )
            for cell in block.cells {
                let failed = cell.why.map { " · \(cell.failed) failed: \($0)" } ?? ""
                lines.append("    \(cell.runs) of \(status.runs) \(cell.arm) · \(cell.state.rawValue)\(failed)")
            }
        }
        let time = status.secondsLeft.map { ", about \(Int(($0 / 60).rounded(.up))) min" } ?? ""
        lines.append(status.isFinished ? "  all is measured" : "  \(status.runsLeft) runs are left\(time)")
        return lines.map { $0.legible() }.joined(separator: "\n")
    }
}
