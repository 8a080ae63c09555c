/// One round of a gate: both versions once, and the one before a second time.
public struct GateRound: Sendable {
    public var before: GateRun
    public var after: GateRun
    /// The version before once more, to hold it against itself.
    public var again: GateRun

    public init(before: GateRun, after: GateRun, again: GateRun) {
        (self.before, self.after, self.again) = (before, after, again)
    }

    /// What is judged: the two runs of the version before count as one, which is nearer to its mean.
    var change: GatePair { GatePair(old: .mean(before, again), new: after) }
    /// What cannot have changed; it shares no error with `change`, for the difference of two values and their mean do not
    /// depend on each other.
    var selfTest: GatePair { GatePair(old: before, new: again) }
}

/// Two runs of a round that are compared.
struct GatePair {
    var old: GateRun
    var new: GateRun

    var swapped: GatePair { GatePair(old: new, new: old) }
}
