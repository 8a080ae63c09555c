import Measuring
import ProfileModel
import Running

extension Spec {
    /// All arms, the controls first.
    var arms: [Arm] { [.control, .selfTestControl] + designs.flatMap(arms) + peers.flatMap(arms) }

    private func arms(of design: Design) -> [Arm] {
        clocks.flatMap { clock in
            var settings = ProfilingSettings(seed: 0)
            (settings.design, settings.clock, settings.functions) = (design, clock, trace)
            guard design.kind == .sampling else { return [Arm.design(settings)] }
            return schedules.flatMap { schedule in
                rates.map { rate in
                    (settings.schedule, settings.rate) = (schedule, rate)
                    return .design(settings)
                }
            }
        }
    }

    private func arms(of peer: PeerName) -> [Arm] {
        peer.kind == .sampling ? rates.map { .peer(peer, rate: $0) } : [.peer(peer)]
    }
}

extension Arm {
    /// All that tells it from others, for its hash: of a peer its version, too.
    func content(under interpreter: PlannedInterpreter) -> [String] {
        if let peer {
            return ["peer", peer.rawValue, interpreter.peers?.version(of: peer) ?? "", rate.map(Self.text) ?? ""]
        }
        guard let design else { return [role.rawValue] }
        return [design.rawValue, rate.map(Self.text) ?? "", schedule?.rawValue ?? "", clock?.rawValue ?? ""] + functions
    }
}
