import ProfileModel

/// What was measured about a design, beside its shares, that shows how far to believe it.
struct DesignEvidence {
    var name: String
    var kind: Kind
    var instantsAreOwn: Bool
    /// Whether a sampler was found to run in step with the program.
    var isAliasing = false
    var slowdown: Ratio?
    /// The mean thread-time of a run.
    var seconds = 0.0
    /// Where a tracer's events happened, in a mean run.
    var events = CallEnds()
    /// The most that a tracer can spend on noting one call, in seconds.
    var costOfCall = Self.dearestCall
    /// Where a sampler with instants of its own saw long calls.
    var longCalls = PlaceShares()
    /// Where a sampler whose instants are not its own waited long for them.
    var waits = PlaceShares()

    /// Of the tools that were measured, the dearest takes 1.4 µs a call.
    static let dearestCall = 2e-6
}

extension DesignEvidence {
    init(_ arm: ComparisonArm, isAliasing: Bool) {
        self.init(
            name: arm.name, kind: arm.first.kind, instantsAreOwn: arm.first.instantsAreOwn,
            isAliasing: isAliasing, slowdown: arm.slowdown)
        let part = 1 / Double(arm.runs.count)
        seconds = arm.wholes.reduce(0, +) * part / 1e9
        costOfCall = arm.first.probeCosts?.dearestCall ?? Self.dearestCall
        for run in arm.runs {
            events.add(CallEnds(run.profile))
            longCalls.add(.longCalls(run.profile), times: part)
            waits.add(.waits(run.profile), times: part)
        }
        events.scale(by: part)
    }
}

extension ProbeCosts {
    /// In seconds, both intervals of the dearer kind of call; doubled, for a cost depends on the code around it.
    fileprivate var dearestCall: Double? {
        let python = (self[.pythonInside] ?? 0) + (self[.pythonOutside] ?? 0)
        let c = (self[.cInside] ?? 0) + (self[.cOutside] ?? 0)
        return max(python, c) > 0 ? 2e-9 * max(python, c) : nil
    }
}

extension CallEnds {
    fileprivate mutating func scale(by factor: Double) {
        halves = halves.mapValues { $0 * factor }
        touching = touching.mapValues { $0 * factor }
        calls *= factor
    }
}
