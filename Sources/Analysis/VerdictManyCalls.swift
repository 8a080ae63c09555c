/// A tracer spends time at every call, so it makes places with many calls look larger, and the others
/// smaller; a sampler at instants of its own does not.
///
/// If the tracer takes s times as long as the program alone, the part 1 − 1/s of what it sees is its
/// own. With e the place's part of the ends of calls and p its true share, the tracer's share is
/// p/s + (1 − 1/s)·e: a shift of (1 − 1/s)·(e − p). The rule holds where that has the sign of the
/// difference and could make a good part of it. The sampler's share stands for p, so a sampler in
/// lockstep with the program is no evidence.
enum ManyCallsVerdict {
    /// The expected shift is at least this part of the difference.
    static let leastPart = 0.25

    static func on(_ dispute: Dispute) -> Verdict? {
        // Calls are counted by function; which of its lines they come from is not known.
        guard case .function(let function) = dispute.place else { return nil }
        for side in dispute.bothWays where side.own.kind == .sampling && side.own.instantsAreOwn {
            guard !side.own.isAliasing, side.other.kind == .tracing, let slowdown = side.other.slowdown, (slowdown.low ?? 0) > 1,
                side.other.events.calls > 0
            else { continue }
            let difference = side.otherShare - side.ownShare
            let ends = (side.other.events.halves[function] ?? 0) / side.other.events.calls
            let shift = (1 - 1 / slowdown.ratio) * (ends - side.ownShare)
            guard shift * difference > 0, abs(shift) >= leastPart * abs(difference) else { continue }
            return Verdict(
                likelier: side.own.name, rule: .manyCalls,
                text: text(function, sampler: side.own.name, tracer: side.other, grows: difference > 0))
        }
        return nil
    }

    private static func text(
        _ function: FunctionKey, sampler: String, tracer: DesignEvidence, grows: Bool
    ) -> String {
        let part = Words.percent((tracer.events.touching[function] ?? 0) / tracer.events.calls)
        let cost = "makes the program take \(Words.decimals(tracer.slowdown?.ratio ?? 1, 2)) times as long"
        return grows
            ? "`\(sampler)` is likelier: \(part) of all calls that `\(tracer.name)` notes go into "
                + "`\(function.name)` or out of it, and noting calls \(cost)."
            : "`\(sampler)` is likelier: only \(part) of all calls that `\(tracer.name)` notes go into "
                + "`\(function.name)` or out of it; noting the others \(cost), and so makes it look small."
    }
}
