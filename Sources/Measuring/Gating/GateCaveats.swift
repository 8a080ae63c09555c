import ProfileModel
import Running

/// What the outputs of both versions say against comparing them.
enum GateCaveats {
    static func caveats(of rounds: [Round<ProfiledOutcome>]) -> [Caveat] {
        [output(of: rounds)].compactMap { $0 }
    }

    /// All runs of a round are made under one hash seed, so that a program that does the same each time writes the same.
    private static func output(of rounds: [Round<ProfiledOutcome>]) -> Caveat? {
        func hash(_ arm: GateArm, _ round: Round<ProfiledOutcome>) -> UInt64? { round[arm]?.process.outputHash }
        if rounds.contains(where: { hash(.before, $0) != hash(.again, $0) }) {
            return Caveat(
                code: "output-varies",
                text: "One version wrote different outputs in runs that were alike; it may not always do the same work."
            )
        }
        guard rounds.contains(where: { hash(.before, $0) != hash(.after, $0) }) else { return nil }
        return Caveat(
            code: "output-differs",
            text: "The versions write different outputs; what takes longer may be what was asked for.")
    }
}
