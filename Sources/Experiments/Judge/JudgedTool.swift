import Measuring
import ProfileModel
import Running

/// A profiler that is to be judged: one of swprof's designs, or a peer.
public struct JudgedTool: Sendable, Equatable {
    public var name: String
    public var kind: Kind
    /// `nil` where it is not there.
    public var version: String?
    /// Why it cannot be run on this interpreter, as the end of a sentence.
    public var refusal: String?
    var arm: Arm

    /// - Parameter name: as users type it; throws where there is no such tool.
    public init(_ name: String, rate: Double) throws(RunningError) {
        self.name = name
        if let design = Design(rawValue: name) {
            var settings = ProfilingSettings()
            (settings.design, settings.rate) = (design, rate)
            (kind, arm) = (design.kind, .design(settings))
        } else if let peer = PeerName(rawValue: name) {
            (kind, arm) = (peer.kind, .peer(peer, rate: rate))
        } else {
            throw .usage(
                "there is no tool '\(name)'; judge takes some of: \(Self.names.joined(separator: ", ")), or FILE.py:NAME"
            )
        }
    }

    /// Whether it is a design in Python, whose name does not tell of what kind it is.
    var isWritten: Bool { arm.design?.written != nil }

    /// Reads the file of one that is written in Python.
    mutating func declare(by interpreter: Interpreter) async throws(RunningError) {
        guard isWritten, let design = arm.design else { return }
        let declared = try await design.declared(by: interpreter)
        (kind, arm.design) = (declared.kind, declared)
        if kind == .tracing { (arm.rate, arm.schedule) = (nil, nil) }
    }

    /// All that can be judged.
    public static var names: [String] { Design.allCases.map(\.rawValue) + PeerName.allCases.map(\.rawValue) }

    /// Looks for it on an interpreter.
    ///
    /// - Parameter build: swprof's own version.
    mutating func look(in peers: InstalledPeers, python: String, build: String) {
        if let peer = arm.peer {
            (version, refusal) = (peers.version(of: peer), peers.refusal(of: peer))
        } else if let design = arm.design {
            let oldest = design.oldestPython
            let isOld = SupportedPython(version: python).map { $0.minor < oldest.minor } ?? true
            version = build
            refusal = isOld ? "it needs Python \(oldest.text) or later, and this is \(python)" : nil
        }
    }
}
