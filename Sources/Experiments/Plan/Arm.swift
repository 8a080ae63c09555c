import Analysis
import ProfileModel
import Running

/// One way to start a program and to measure it.
enum Arm: Sendable, Equatable {
    case control
    /// The control once more, to hold it against itself.
    case selfTestControl
    case design(Design, rate: Double?, schedule: Schedule?, clock: Clock, trace: [String])
    /// Another profiler.
    case peer(PeerName, rate: Double?)

    /// All of a spec, the controls first.
    static func all(of spec: Spec) -> [Arm] {
        let profiled = spec.designs.flatMap { design in
            spec.clocks.flatMap { clock -> [Arm] in
                guard design.kind == .sampling else {
                    return [.design(design, rate: nil, schedule: nil, clock: clock, trace: design.tellsLines ? spec.trace : [])]
                }
                return spec.schedules.flatMap { schedule in
                    spec.rates.map { .design(design, rate: $0, schedule: schedule, clock: clock, trace: []) }
                }
            }
        }
        let peers = spec.peers.flatMap { peer in
            peer.kind == .sampling ? spec.rates.map { Arm.peer(peer, rate: $0) } : [.peer(peer, rate: nil)]
        }
        return [.control, .selfTestControl] + profiled + peers
    }

    /// For people: the design, and of its settings those that are not what they are unless told.
    var name: String {
        switch self {
        case .control, .selfTestControl: role.rawValue
        case .design(let design, let rate, let schedule, let clock, let trace):
            ([design.rawValue] + [
                rate.flatMap(Self.told), schedule.flatMap { $0 == .jittered ? nil : $0.rawValue },
                clock == .wall ? nil : clock.rawValue, trace.isEmpty ? nil : "of " + trace.joined(separator: ","),
            ].compactMap { $0 }).joined(separator: " ")
        case .peer(let peer, let rate): ([peer.rawValue] + [rate.flatMap(Self.told)].compactMap { $0 }).joined(separator: " ")
        }
    }

    /// All that tells it from others, for its hash: of a peer its version, too.
    func content(under interpreter: InterpreterFacts) -> [String] {
        switch self {
        case .control, .selfTestControl: [name]
        case .design(let design, let rate, let schedule, let clock, let trace):
            [design.rawValue, rate.map(Self.text) ?? "", schedule?.rawValue ?? "", clock.rawValue] + trace
        case .peer(let peer, let rate): ["peer", peer.rawValue, interpreter.peers?.version(of: peer) ?? "", rate.map(Self.text) ?? ""]
        }
    }

    var role: MeasuredCell.Role {
        switch self {
        case .control: .control
        case .selfTestControl: .selfTestControl
        case .design, .peer: .profiled
        }
    }

    var kind: Kind? {
        switch self {
        case .control, .selfTestControl: nil
        case .design(let design, _, _, _, _): design.kind
        case .peer(let peer, _): peer.kind
        }
    }

    /// Whether each of its runs accounts for its ticks.
    var hasLedger: Bool { if case .design(let design, _, _, _, _) = self { design.kind == .sampling } else { false } }

    /// `nil` of the rate that is taken unless told.
    private static func told(_ rate: Double) -> String? { rate == 1000 ? nil : "\(text(rate)) Hz" }

    private static func text(_ rate: Double) -> String { Int(exactly: rate).map(String.init) ?? "\(rate)" }
}
