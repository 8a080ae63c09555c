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
    /// - Parameter python: the interpreter's version.
    /// - Throws: why it cannot be used.
    init(_ name: PeerName, interpreter: Interpreter, python: String) async throws(PeerFailure) {
        let peer = name.peer
        guard let minor = python.split(separator: ".").dropFirst().first.flatMap({ Int($0) }),
            minor >= peer.oldestPython
        else {
            throw PeerFailure(reason: "it needs Python 3.\(peer.oldestPython), and \(interpreter.path) is \(python)")
        }
        self.name = name
        self.python = python
        guard let package = peer.package else {
            (version, folder, tool) = (python, nil, nil)
            return
        }
        let place = Self.root.map { "\($0)/python3.\(minor)/\(name.rawValue)" }
        if let place, let version = await Self.version(of: package, for: interpreter, in: place) {
            (self.version, folder) = (version, place)
        } else if let version = await Self.version(of: package, for: interpreter, in: nil) {
            (self.version, folder) = (version, nil)
        } else {
            throw PeerFailure(
                reason:
                    "it is not installed for Python 3.\(minor); install it with: make peers PYTHON=\(interpreter.path)")
        }
        tool = if let tool = peer.tool { try Self.find(tool, in: folder) } else { nil }
    }

    /// `$SWPROF_PEERS`, else where swprof keeps what it keeps between runs.
    private static var root: String? {
        func value(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        return value("SWPROF_PEERS")
            ?? (value("XDG_CACHE_HOME") ?? value("HOME").map { $0 + "/.cache" }).map { $0 + "/swprof/peers" }
    }

    private static func find(_ tool: String, in folder: String?) throws(PeerFailure) -> Interpreter {
        guard let found = try? Interpreter(folder.map { "\($0)/bin/\(tool)" } ?? tool) else {
            throw PeerFailure(
                reason: "its package is there, but there is no program '\(tool)'; install it anew with: make peers")
        }
        return found
    }

    /// Of a package that the interpreter finds, there or among its own; `nil` where there is none.
    private static func version(of package: String, for interpreter: Interpreter, in folder: String?) async -> String? {
        try? await interpreter.facts(of: [package], folder: folder).packages[package]?.version
    }
}
