import ProfileModel

/// The compensated times of one run.
struct RunCompensation {
    let costs: ProbeCosts
    private let load: CompensatedLoad
    private let whole: CompensatedTime

    /// `nil` for samplers, and for tracers that were not calibrated, or whose times it makes no better.
    init?(_ profile: Profile, _ scope: Scope, _ measured: StackLoad) {
        guard profile.kind == .tracing, let costs = profile.probeCosts, costs.isSound, costs.improves else {
            return nil
        }
        self.costs = costs
        load = CompensatedLoad(profile, costs, holds: scope.holds)
        // Time that the tracer was not told of is the program's.
        let untold = measured.whole - measured.inScope
        whole = load.whole + CompensatedTime(value: untold, slopes: CompensatedTime.zero(costs).slopes, gross: untold)
    }

    /// One for every place.
    func estimates(_ charge: Charge) -> [Compensated] {
        load.times(charge).map { Compensated(CompensatedPart(time: $0, whole: whole, costs: costs)) }
    }
}
