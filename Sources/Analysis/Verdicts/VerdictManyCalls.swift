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
            let difference = side.otherShare - side.ownShare
            guard !side.own.isAliasing, explains(difference, side.other, function, trueShare: side.ownShare)
            else { continue }
            let words = difference > 0
                ? inflated(function, by: side.other) : deflated(function, by: side.other, trueShare: side.ownShare)
            return Verdict(
                likelier: side.own.name, rule: .manyCalls, text: "`\(side.own.name)` is likelier: \(words).")
        }
        return nil
    }

    /// Whether what the tracer spends on calls goes the way of its difference from the true share, and
    /// far enough.
    private static func explains(
        _ difference: Double, _ tracer: DesignEvidence, _ function: FunctionKey, trueShare: Double
    ) -> Bool {
        guard tracer.kind == .tracing, tracer.events.calls > 0, let slowdown = tracer.slowdown,
            let low = slowdown.low, low > 1
        else { return false }
        let ends = tracer.events.ends(at: function)
        let shift = (1 - 1 / slowdown.ratio) * (ends - trueShare)
        return shift * difference > 0 && abs(shift) >= leastPart * abs(difference)
    }

    private static func inflated(_ function: FunctionKey, by tracer: DesignEvidence) -> String {
        let part = (tracer.events.touching[function] ?? 0) / tracer.events.calls
        return "\(Words.percent(part)) of all calls that `\(tracer.name)` notes go into `\(function.name)` or "
            + "out of it, and noting calls \(cost(of: tracer))"
    }

    private static func deflated(
        _ function: FunctionKey, by tracer: DesignEvidence, trueShare: Double
    ) -> String {
        let part = tracer.events.ends(at: function)
        return "`\(function.name)` has \(Words.percent(trueShare)) of the time but is only \(Words.percent(part)) of "
            + "the callers and callees that `\(tracer.name)` notes, and noting the others \(cost(of: tracer))"
    }

    private static func cost(of tracer: DesignEvidence) -> String {
        "makes the program take \(Words.decimals(tracer.slowdown?.ratio ?? 1, 2)) times as long"
    }
}

extension CallEnds {
    /// The function's part of all callers and callees.
    fileprivate func ends(at function: FunctionKey) -> Double {
        calls > 0 ? (halves[function] ?? 0) / calls : 0
    }
}
