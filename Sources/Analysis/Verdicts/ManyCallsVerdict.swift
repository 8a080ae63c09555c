/// A tracer spends time at every call, so it makes places with many calls look larger, and the others
/// smaller; a sampler at instants of its own does not.
///
/// A run takes T₀ seconds under the sampler, and A seconds more under the tracer, which notes H calls. One half of a call
/// stands in the caller, and one in the callee; the place has h calls by these halves. Noting a call costs c: at most
/// what is plausible, and at most A/H, for the calls cannot have added more than all that was added. With p the true
/// share, the calls alone bring the tracer's to (pT₀ + ch)/(T₀ + cH). The rule holds where that lies on the side of the tracer's share, and goes at least
/// half of the way; what a tracer slows between calls explains no more. The sampler's share stands for p, so a
/// sampler in lockstep with the program is no evidence.
enum ManyCallsVerdict {
    static func on(_ dispute: Dispute) -> Verdict? {
        guard let side = side(of: dispute), let shift = side.shift,
            LongCallsVerdict.explains(shift, side.difference)
        else { return nil }
        return Verdict(
            likelier: side.sampler.name, rule: .manyCalls, text: "`\(side.sampler.name)` is likelier: \(side.words).")
    }

    /// Why one cannot tell, where a tracer slowed the program and its calls do not explain the difference.
    static func doubt(_ dispute: Dispute) -> String? {
        guard let side = side(of: dispute), side.shift != nil else { return nil }
        return
            "the \(side.calls) that `\(side.tracer.name)` noted, of which \(Words.percent(side.part)) of the ends are in "
            + "`\(side.function.name)`, do not explain the difference from `\(side.sampler.name)`; it slows other code, too"
    }

    private static func side(of dispute: Dispute) -> ManyCallsSide? {
        // Calls are counted by function; which of its lines they come from is not known.
        guard case .function(let function) = dispute.place else { return nil }
        for side in dispute.bothWays where side.own.kind == .sampling && side.own.instantsAreOwn && !side.own.isAliasing
        {
            guard side.other.kind == .tracing else { continue }
            return ManyCallsSide(
                sampler: side.own, tracer: side.other, function: function, trueShare: side.ownShare,
                difference: side.otherShare - side.ownShare)
        }
        return nil
    }
}

/// A sampler and a tracer at one function.
private struct ManyCallsSide {
    let sampler: DesignEvidence
    let tracer: DesignEvidence
    let function: FunctionKey
    let trueShare: Double
    /// What the tracer's share has more.
    let difference: Double

    /// Calls of which one half is at the function, and one at another, count half.
    private var ends: Double { tracer.events.halves[function] ?? 0 }
    var part: Double { tracer.events.calls > 0 ? ends / tracer.events.calls : 0 }
    var calls: String { Words.count(tracer.events.calls) + " calls of a run" }

    /// What noting a call may cost, in seconds; `nil` where the tracer was not found to slow the program.
    private var cost: Double? {
        guard tracer.events.calls > 0, let low = tracer.slowdown?.low, low > 1, tracer.seconds > sampler.seconds,
            sampler.seconds > 0
        else { return nil }
        return min(tracer.costOfCall, (tracer.seconds - sampler.seconds) / tracer.events.calls)
    }

    /// Of the share, by calls alone.
    var shift: Double? {
        cost.map {
            (trueShare * sampler.seconds + $0 * ends) / (sampler.seconds + $0 * tracer.events.calls) - trueShare
        }
    }

    var words: String {
        let noted = "`\(tracer.name)` spends up to \(Words.decimals((cost ?? 0) * 1e6, 2)) µs on each of the \(calls)"
        guard difference > 0 else {
            return "\(noted), and `\(function.name)` has \(Words.percent(trueShare)) of the time but only "
                + "\(Words.percent(part)) of their ends"
        }
        return
            "\(noted), and \(Words.percent((tracer.events.touching[function] ?? 0) / max(1, tracer.events.calls))) of them go into "
            + "`\(function.name)` or out of it"
    }
}
