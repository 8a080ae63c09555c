import Foundation
import Running

/// An interpreter of a spec, as it says itself what it is.
struct InterpreterFacts: Sendable {
    /// As the spec has it.
    var command: String
    var interpreter: Interpreter
    /// `sys.version`: what cells are known by, so that two machines' same build gives the same cells.
    var version: String
    /// Where the package is, if it is there.
    var pyperformance: String?
    var packages: String
    /// Those that the spec asks for.
    var peers: InstalledPeers?

    /// Such as `3.11.2`.
    var python: String { version.split(separator: " ").first.map(String.init) ?? version }
}

extension InterpreterFacts {
    private static let question = """
        import importlib.metadata, importlib.util, json, sys
        spec = importlib.util.find_spec("pyperformance")
        packages = sorted(f"{d.metadata['Name']} {d.version}" for d in importlib.metadata.distributions())
        print(json.dumps([sys.version.replace("\\n", " "), spec and list(spec.submodule_search_locations)[0], ", ".join(packages)]))
        """

    /// - Parameters:
    ///   - folder: of the spec: a command with a slash is a path from there.
    ///   - peers: those to look for.
    init(_ command: String, folder: URL, peers names: [PeerName]) async throws(ExperimentError) {
        self.command = command
        let path = command.contains("/") ? URL(filePath: command, relativeTo: folder).standardizedFileURL.path(percentEncoded: false) : command
        do {
            interpreter = try Interpreter(path)
            var runner = try ProgramRunner(Program(.code(Self.question)), interpreter: interpreter)
            runner.limits = RunLimits(time: .seconds(30))
            let said = try await runner.control(output: .endKept)
            SignalForwarding.deliver()
            let facts = try? JSONDecoder().decode([String?].self, from: Data((said.outputEnd ?? "").utf8))
            guard said.status == 0, let facts, facts.count == 3, let version = facts[0] else {
                throw RunningError.usage("'\(path)' does not say which Python it is; name a CPython \(SupportedPython.span)")
            }
            self.version = version
            pyperformance = facts[1]
            packages = facts[2] ?? ""
            peers = names.isEmpty ? nil : await InstalledPeers(names, interpreter: interpreter)
        } catch RunningError.failed(let line) {
            throw .failed(line)
        } catch let error as RunningError {
            let remedy = command.contains(".venv/") ? " (in this repository it is made by: make .venv/ready)" : ""
            throw .usage(error.line.replacingOccurrences(of: "with --python", with: "in 'interpreters'") + remedy)
        } catch {
            throw .failed("cannot ask '\(path)' what it is: \(error)")
        }
    }
}
