import ProfileModel
import Statistics

/// The costs of one design's probes.
public struct DesignCosts: Encodable, Sendable, Equatable {
    public var name: String
    public var processes: Int
    public var date: String
    public var events: [EventCost]
    /// By what factor Python code between events is slowed; null where it is not.
    @ExplicitNull public var stretch: Interval?
    /// How near to known answers its shares came; null of samplers.
    @ExplicitNull public var checks: CompensationChecks?

    public init(name: String, _ costs: ProbeCosts) {
        self.name = name
        processes = costs.processes
        date = costs.date
        events = [
            EventCost("Python call", costs, .pythonInside, .pythonOutside),
            EventCost("C call", costs, .cInside, .cOutside),
            EventCost("line", costs, .line), EventCost("sample", costs, .sample),
        ].compactMap { $0 }
        stretch = costs.stretchInterval
        checks = costs.checks
    }
}

/// What the probes of one kind of event cost, in nanoseconds, with 95 % intervals for another program in another process.
public struct EventCost: Encodable, Sendable, Equatable {
    public var event: String
    /// In the callee's interval, in the caller's, and together. Only calls have the former.
    @ExplicitNull public var inside: Interval?
    @ExplicitNull public var outside: Interval?
    public var both: Interval

    /// Of what is no call; `nil` where the design does not tell of it.
    init?(_ event: String, _ costs: ProbeCosts, _ parameter: ProbeCosts.Parameter) {
        guard let both = costs.interval([parameter]) else { return nil }
        (self.event, self.both) = (event, both)
    }

    /// Of calls; `nil` where the design sees no such events.
    init?(_ event: String, _ costs: ProbeCosts, _ inside: ProbeCosts.Parameter, _ outside: ProbeCosts.Parameter) {
        guard let first = costs.interval([inside]), let second = costs.interval([outside]),
            let both = costs.interval([inside, outside])
        else { return nil }
        (self.event, self.inside, self.outside, self.both) = (event, first, second, both)
    }
}

extension ProbeCosts {
    /// `nil` where there is none.
    fileprivate var stretchInterval: Interval? {
        guard let place = parameters.firstIndex(of: .stretch) else { return nil }
        let source = CombinedInterval.Source(variance: covariance[place][place], degreesOfFreedom: degreesOfFreedom)
        let bounds = TwoScaleInterval(added: [], multiplied: [source]).bounds(values[place])
        return Interval(mean: values[place], low: bounds?.low, high: bounds?.high)
    }

    /// Of a sum of parameters; `nil` where the design does not have them.
    fileprivate func interval(_ summed: [Parameter]) -> Interval? {
        guard summed.allSatisfy(parameters.contains) else { return nil }
        let gradient = parameters.map { summed.contains($0) ? 1.0 : 0 }
        let sum = zip(gradient, values).reduce(0) { $0 + $1.0 * $1.1 }
        let source = CombinedInterval.Source(
            variance: Covariance.variance(gradient, covariance), degreesOfFreedom: degreesOfFreedom)
        let bounds = CombinedInterval.bounds(sum, [source])
        return Interval(mean: sum, low: bounds.low, high: bounds.high)
    }
}
