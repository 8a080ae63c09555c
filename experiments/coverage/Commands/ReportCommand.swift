import ArgumentParser
import Foundation
import Measuring

/// `swprof-coverage report`: the table from the stored file alone.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print the table of results that are stored; measure nothing.",
        discussion: "Ends with 1 where a figure is missed.")

    @Option(help: ArgumentHelp("The results.", valueName: "file"))
    var results = Form.full.results

    @Option(help: "Only the pieces whose name begins so.")
    var only: String?

    @Flag(help: "Print it as JSON.")
    var json = false

    func validate() throws { try checkPieces(only) }

    func run() throws {
        try oneLined {
            let report = try Report(Store(reading: results, .coverage), Pieces.named(only))
            for line in try json ? [Self.json(report)] : report.lines { Terminal.say(line) }
            if report.missed > 0 { throw ExitCode(1) }
        }
    }

    private static func json(_ report: Report) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }
}

/// How much is measured, and where its results go.
enum Form: String, EnumerableFlag {
    case quick, full

    var extent: Extent { self == .quick ? .quick : .full }

    /// The short form's are not kept with the sources.
    var results: String {
        self == .quick ? ".build/coverage/results.sqlite" : "experiments/coverage/results.sqlite"
    }

    static func help(for form: Form) -> ArgumentHelp? {
        form == .quick ? "A short form, in under ten minutes." : "All that the figures ask for, in some two hours."
    }
}

/// Throws where no piece's name begins so.
func checkPieces(_ only: String?) throws {
    guard Pieces.named(only).isEmpty else { return }
    throw ValidationError(
        "no piece's name begins with '\(only ?? "")'; there are: \(Pieces.all.map(\.name).joined(separator: ", "))")
}

/// Says in one line what could not be done.
@Sendable func complain(_ line: String) { Terminal.complain("swprof-coverage: " + line) }

/// Ends with 3 and one line where something could not be done.
func oneLined(_ work: () throws -> Void) throws {
    do {
        try work()
    } catch let exit as ExitCode {
        throw exit
    } catch {
        complain("\(error)")
        throw ExitCode(3)
    }
}
