import Analysis
import ArgumentParser
import Experiments
import Glibc
import ProfileFormats
import Reports
import Running

/// How swprof ends: with the program's own status, 2 for wrong usage, 3 where swprof itself failed.
struct Ending: Error {
    var status: Int32
    var line: String?

    /// The program's own status.
    static func status(_ status: Int) -> Ending { Ending(status: Int32(truncatingIfNeeded: status)) }
    static func usage(_ line: String) -> Ending { Ending(status: 2, line: line) }
    static func failure(_ line: String) -> Ending { Ending(status: 3, line: line) }

    /// Prints an error's one line, or the help that was asked for, and exits.
    static func end(with error: any Error) -> Never {
        let ending = Ending(error)
        if let line = ending.line { Output.printError("swprof: " + line.legible()) }
        exit(ending.status)
    }

    private init(_ error: any Error) {
        switch error {
        case let ending as Ending: self = ending
        case let RunningError.usage(line): self = .usage(line)
        case let RunningError.failed(line): self = .failure(line)
        case let ExperimentError.usage(line): self = .usage(line)
        case let ExperimentError.failed(line): self = .failure(line)
        case let error as FormatError: self = .failure("\(error)")
        case let error as AnalysisError: self = .failure("\(error)")
        default: self = Self.ofParser(error)
        }
    }

    private init(status: Int32, line: String? = nil) {
        self.status = status
        self.line = line
    }

    private static func ofParser(_ error: any Error) -> Ending {
        if Swprof.exitCode(for: error) == .success {
            print(Swprof.fullMessage(for: error))
            return .status(0)
        }
        let message = Swprof.message(for: error).split(separator: "\n").joined(separator: " ")
        return .usage((message.hasSuffix(".") ? String(message.dropLast()) : message) + "; see swprof --help")
    }
}
