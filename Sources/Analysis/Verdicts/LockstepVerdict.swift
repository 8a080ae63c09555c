/// A sampler that was found to run in step with the program keeps meeting the same part of it; a
/// tracer cannot.
enum LockstepVerdict {
    static func on(_ dispute: Dispute) -> Verdict? {
        for side in dispute.bothWays
        where side.own.kind == .tracing && side.other.kind == .sampling && side.other.isAliasing {
            return Verdict(
                likelier: side.own.name, rule: .lockstep,
                text: "`\(side.own.name)` is likelier: `\(side.other.name)` was found to run in lockstep with "
                    + "the program, so that its ticks keep meeting the same part of it.")
        }
        return nil
    }
}
