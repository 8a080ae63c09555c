import Glibc

/// A peer on this machine, for one interpreter.
public struct PeerInstallation: Sendable {
    public let name: PeerName
    public let version: String
    /// The folder that its package was put into; `nil` where the interpreter has it itself.
    let folder: String?
    /// What to start instead of the interpreter.
    let tool: Interpreter?
    let python: String

    /// Looks where `make peers` puts it, then among the interpreter's own packages.
    ///
    /// - Throws: why it cannot be used.
    init(_ name: PeerName, interpreter: Interpreter) async throws(PeerFailure) {
        let peer = name.peer
        let base = try await Self.ask(interpreter, of: nil, in: nil)
        guard let minor = base.python.split(separator: ".").dropFirst().first.flatMap({ Int($0) }), minor >= peer.oldestPython else {
            throw PeerFailure(reason: "it needs Python 3.\(peer.oldestPython), and \(interpreter.path) is \(base.python)")
        }
        self.name = name
        python = base.python
        guard let package = peer.package else {
            (version, folder, tool) = (base.python, nil, nil)
            return
        }
        let place = Self.root.map { "\($0)/python3.\(minor)/\(name.rawValue)" }
        if let place, let version = try? await Self.ask(interpreter, of: package, in: place).version {
            (self.version, folder) = (version, place)
        } else if let version = try? await Self.ask(interpreter, of: package, in: nil).version {
            (self.version, folder) = (version, nil)
        } else {
            throw PeerFailure(reason: "it is not installed for Python 3.\(minor); install it with: make peers PYTHON=\(interpreter.path)")
        }
        tool = if let tool = peer.tool { try Self.find(tool, in: folder) } else { nil }
    }

    /// `$SWPROF_PEERS`, else where swprof keeps what it keeps between runs.
    private static var root: String? {
        func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } }
        return value("SWPROF_PEERS") ?? (value("XDG_CACHE_HOME") ?? value("HOME").map { $0 + "/.cache" }).map { $0 + "/swprof/peers" }
    }

    private static func find(_ tool: String, in folder: String?) throws(PeerFailure) -> Interpreter {
        guard let found = try? Interpreter(folder.map { "\($0)/bin/\(tool)" } ?? tool) else {
            throw PeerFailure(reason: "its package is there, but there is no program '\(tool)'; install it anew with: make peers")
        }
        return found
    }

    /// The interpreter's version, and that of a package that it finds.
    private static func ask(
        _ interpreter: Interpreter, of package: String?, in folder: String?
    ) async throws(PeerFailure) -> (python: String, version: String) {
        let question = "import platform, sys; print(platform.python_version())\n"
            + "if sys.argv[1:]:\n import importlib.metadata; print(importlib.metadata.version(sys.argv[1]))"
        var run = ProcessRun(
            interpreter: interpreter, program: Program(.code(question), arguments: package.map { [$0] } ?? []), timeLimit: .seconds(20))
        if let folder { run.environment["PYTHONPATH"] = Array(folder.utf8) }
        let outcome = try? await run.run(.endKept)
        SignalForwarding.deliver()
        let lines = (outcome?.outputEnd ?? "").split(separator: "\n").map(String.init)
        guard outcome?.status == 0, lines.count == (package == nil ? 1 : 2) else {
            throw PeerFailure(reason: "\(interpreter.path) does not tell its version")
        }
        return (lines[0], lines.last ?? "")
    }
}
