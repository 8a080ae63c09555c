import Foundation
import Running

/// An interpreter of a spec, and what it says itself that it is.
struct PlannedInterpreter: Sendable {
    /// As the spec has it.
    var command: String
    var interpreter: Interpreter
    /// Cells are known by its version, so that two machines' same build gives the same cells.
    var facts: InterpreterFacts
    /// Those that the spec asks for.
    var peers: InstalledPeers?
}

extension PlannedInterpreter {
    static let pyperformance = "pyperformance"

    /// - Parameters:
    ///   - folder: of the spec: a command with a slash is a path from there.
    ///   - peers: those to look for.
    init(_ command: String, folder: URL, peers names: [PeerName]) async throws(RunningError) {
        self.command = command
        let path =
            command.contains("/")
            ? URL(filePath: command, relativeTo: folder).standardizedFileURL.path(percentEncoded: false) : command
        do throws(RunningError) {
            interpreter = try Interpreter(path)
        } catch {
            let remedy = command.contains(".venv/") ? " (in this repository it is made by: make .venv/ready)" : ""
            throw .usage(error.line.replacingOccurrences(of: "with --python", with: "in 'interpreters'") + remedy)
        }
        do throws(RunningError) {
            facts = try await interpreter.facts(of: [Self.pyperformance], all: true)
        } catch {
            throw .usage("'\(path)' does not say which Python it is; name a CPython \(SupportedPython.span)")
        }
        peers = names.isEmpty ? nil : await InstalledPeers(names, interpreter: interpreter)
    }
}
