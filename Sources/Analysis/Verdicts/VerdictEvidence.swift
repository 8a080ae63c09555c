import ProfileModel

/// What was measured about a design, beside its shares, that tells how far to believe it.
struct DesignEvidence {
    var name: String
    var kind: Kind
    var instantsAreOwn: Bool
    /// Whether a sampler was found to run in step with the program.
    var isAliasing = false
    var slowdown: Ratio?
    /// Where a tracer's events happened.
    var events = CallEnds()
    /// Nanoseconds between ticks: what was asked for, and the mean of what was had.
    var askedGap: Double?
    var realisedGap: Double?
    /// The part of the ticks due that was lost.
    var lost = 0.0
}

extension DesignEvidence {
    init(_ arm: ComparisonArm, isAliasing: Bool) {
        self.init(
            name: arm.name, kind: arm.first.kind, instantsAreOwn: arm.first.instantsAreOwn,
            isAliasing: isAliasing, slowdown: arm.slowdown)
        for run in arm.runs { events.add(CallEnds(run.profile)) }
        guard let ledger = arm.ledger, ledger.due > 0 else { return }
        lost = Double(ledger.lost) / Double(ledger.due)
        askedGap = arm.first.rate.flatMap { $0 > 0 ? 1e9 / $0 : nil }
        realisedGap = ledger.gaps.mean > 0 ? ledger.gaps.mean : nil
    }
}
