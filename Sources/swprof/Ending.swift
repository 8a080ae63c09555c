import Analysis
import ArgumentParser
import Glibc
import ProfileFormats
import Reports
import Running

/// How swprof ends: as the program did, with 2 for wrong usage, with 3 where swprof itself failed.
struct Ending: Error {
    var status: Int32
    var line: String?
    /// The signal that the program died of.
    var signal: Int32?

    static func status(_ status: Int) -> Ending { Ending(status: Int32(truncatingIfNeeded: status)) }

    /// As the program ended: a shell's loop ends where its command dies of an interrupt.
    static func same(as process: ProcessOutcome) -> Ending {
        var ending = status(process.status)
        ending.signal = process.signal
        return ending
    }
    static func usage(_ line: String) -> Ending { Ending(status: 2, line: line) }
    static func failure(_ line: String) -> Ending { Ending(status: 3, line: line) }

    /// Prints an error's one line, or the help that was asked for, and exits.
    static func end(with error: any Error) -> Never {
        let ending = Ending(error)
        if let line = ending.line { Output.printError("swprof: " + line.legible()) }
        if let signal = ending.signal { OwnSignal.die(of: signal) }
        exit(ending.status)
    }

    private init(_ error: any Error) {
        switch error {
        case let ending as Ending: self = ending
        case let RunningError.usage(line): self = .usage(line)
        case let RunningError.failed(line): self = .failure(line)
        case let RunningError.interrupted(signal):
            self.init(status: 128 + signal, line: RunningError.interrupted(signal).line)
            self.signal = signal
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
            Output.printStandard(Swprof.fullMessage(for: error))
            return .status(0)
        }
        let help = ["swprof", ProgramArguments.command(), "--help"].compactMap(\.self).joined(separator: " ")
        return .usage(oneLine(Swprof.message(for: error)) + "; see \(help)")
    }

    /// The parser lists the values that an option takes on lines of their own, or as the end of a sentence.
    private static func oneLine(_ message: String) -> String {
        let lines = message.replacing("\n    or: ", with: "; or: ").split(separator: "\n").map(String.init)
        let item = "  - "
        let values = lines.filter { $0.hasPrefix(item) }.map { $0.dropFirst(item.count) }
        let text = lines.filter { !$0.hasPrefix(item) }.joined(separator: " ")
        let whole = inOurWords(values.isEmpty ? text : text + " " + values.joined(separator: ", "))
        return whole.hasSuffix(".") ? String(whole.dropLast()) : whole
    }

    /// The parser's sentences as swprof's own errors put it.
    private static func inOurWords(_ message: String) -> String {
        var text = message.replacing(". Please provide one of the following:", with: "; give one of:")
        if let found = text.firstMatch(of: /\. Please provide one of ('.*')/) {
            text.replaceSubrange(found.range, with: "; give one of: " + names(found.output.1))
        }
        if let found = text.firstMatch(of: /The value '(.*)' is invalid for '(-[^ ]*)[^']*'/) {
            text.replaceSubrange(found.range, with: "'\(found.output.1)' is no value of \(found.output.2)")
        }
        return text
    }

    /// `'a', 'b' and 'c'` as `a, b, c`.
    private static func names(_ listed: Substring) -> String {
        String(listed).replacing(" and ", with: ", ").replacing("'", with: "")
    }
}
