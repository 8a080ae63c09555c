import ProfileModel

/// Says of samples that were drawn from a timeline what a report would say of a run's, and what is true.
///
/// It asks the very estimators that `report` asks; what follows from the timeline alone is made once.
public struct ReplayEstimator: Sendable {
    /// A part of the report: its places, and their true shares.
    public struct Part: Sendable {
        public let truth: [Double]
        let charge: Charge
    }

    public let functions: [Function]
    /// Self and total shares of the functions, and self shares of the lines; of a timeline without lines no line.
    public let own: Part
    public let total: Part
    public let lines: Part
    let lineKeys: [SourceLine]
    let functionOfLine: [SourceLine: Function]
    private let scope: Scope

    /// - Parameters:
    ///   - run: with the functions, locations and stacks of the timeline.
    ///   - times: by stack, how long it stood.
    ///   - within: the function that the shares are parts of; `nil` for the whole.
    public init(_ run: Profile, times: [Double], within: String? = nil) throws(AnalysisError) {
        var seen = run
        seen.samples = times.indices.filter { times[$0] > 0 }.map {
            Sample(stack: StackID($0), thread: 0, count: 1, nanoseconds: Int64(times[$0]))
        }
        let scope = try Scope(seen, within: within)
        let places = RunPlaces(seen)
        let inScope = times.indices.map { scope.holds[$0] ? times[$0] : 0 }
        let whole = inScope.reduce(0, +)
        guard whole > 0 else { throw AnalysisError("nothing takes any time in the timeline: record another run") }
        let part = { (charge: Charge) in
            Part(truth: charge.sums(ofStackValues: inScope).map { $0 / whole }, charge: charge)
        }
        self.scope = scope
        functions = places.functions.keys
        (own, total, lines) = (part(places.functionSelf), part(places.functionTotal), part(places.lineSelf))
        lineKeys = places.lines.keys
        functionOfLine = seen.functionOfLine
    }

    /// What a report would say of a run with these samples. It has no times: they follow from the shares.
    public func estimates(of profile: Profile) -> Estimates {
        Estimates(
            estimator: SampledShares(
                TickSeries(profile, scope), method: IntervalMethod(profile), ledger: profile.ledger, secondsPerWeight: 0
            ))
    }

    public struct Estimates {
        fileprivate let estimator: SampledShares

        public func callAsFunction(_ part: Part) -> [Estimate] { estimator.estimates(part.charge) }
    }
}
