import ProfileModel

/// A peer that was asked for, and how its runs went.
public struct PeerPresence: Sendable {
    public var name: String
    public var kind: Kind
    /// `nil` where it is not there.
    public var version: String?
    /// Why it gave no profile, for each run in which it did not.
    public var failures: [String]

    public init(name: String, kind: Kind, version: String?, failures: [String]) {
        self.name = name
        self.kind = kind
        self.version = version
        self.failures = failures
    }
}

extension CompareFindings {
    /// Gives every peer its version; one that never gave a profile gets a row that says so.
    public mutating func note(_ peers: [PeerPresence]) {
        for peer in peers {
            guard let row = designs.firstIndex(where: { $0.name == peer.name }) else {
                designs.append(DesignFinding(absent: peer, clock: clock))
                continue
            }
            designs[row].version = peer.version
            designs[row].caveats.append(.wholeCommand)
            if let first = peer.failures.first {
                designs[row].caveats.append(
                    Caveat(
                        code: "peer-failed",
                        text:
                            "`\(peer.name)` gave no profile in \(peer.failures.count) of \(runs) runs, for example: \(first)."
                    ))
            }
        }
    }
}

extension DesignFinding {
    fileprivate init(absent peer: PeerPresence, clock: Clock) {
        self.init(
            name: peer.name, version: peer.version, kind: peer.kind, clock: clock, estimand: .expectedRun,
            interval: "none: no run gave a profile")
        let why = peer.failures.first ?? "it was not run"
        caveats = [
            Caveat(
                code: peer.version == nil ? "peer-missing" : "peer-failed",
                text: peer.version == nil
                    ? "`\(peer.name)` is not there: \(why)."
                    : "`\(peer.name)` gave no profile in any run; the first time: \(why).")
        ]
    }
}

extension Caveat {
    /// Said of every peer that ran.
    fileprivate static let wholeCommand = Caveat(
        code: "whole-command",
        text: "The slowdown is the peer's whole command's: it includes the peer's start-up and the writing of its file."
    )
}
