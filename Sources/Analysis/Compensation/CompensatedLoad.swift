import ProfileModel

/// By stack: its measured self time without what probes took of it.
///
/// Exclusive time is E(f) = [Ê(f) − Σₖ (c_in,k·callsₖ(f) + c_out,k·childcallsₖ(f))]/κ, k the kinds of events and κ the factor by
/// which the design slows Python code; 1 for C functions (A. D. Malony and S. S. Shende, "Overhead compensation in
/// performance profiling", Euro-Par 2004, section 3; κ is ours), and the cost of each line that was run on the line itself. It is a sum over stacks with f on top, and inclusive
/// time the sum of the same over stacks with f anywhere: with κ = 1 that is
/// I(f) = Î(f) − Σₖ [c_in,k·outermostₖ(f) + (c_in,k + c_out,k)·beneathₖ(f)].
struct CompensatedLoad {
    private(set) var value: [Double]
    /// By parameter of the costs, then by stack: the derivatives.
    private(set) var slopes: [[Double]]
    /// As measured, but for the stretch.
    private(set) var gross: [Double]
    /// As measured.
    private(set) var measured: [Double]

    /// - Parameter holds: by stack, whether it counts.
    init(_ profile: Profile, _ costs: ProbeCosts, holds: [Bool]) {
        value = Array(repeating: 0, count: profile.stacks.count)
        (gross, measured) = (value, value)
        slopes = costs.parameters.map { _ in Array(repeating: 0, count: profile.stacks.count) }
        let events = ProbeEvents(profile, costs, holds: holds)
        for sample in profile.samples where holds[sample.stack.index] {
            value[sample.stack.index] += Double(max(0, sample.nanoseconds))
        }
        (gross, measured) = (value, value)
        subtract(events, costs)
        divide(profile, costs)
    }

    private mutating func subtract(_ events: ProbeEvents, _ costs: ProbeCosts) {
        for (parameter, counts) in events.counts.enumerated() {
            for (stack, count) in counts.enumerated() where count > 0 {
                value[stack] -= costs.values[parameter] * count
                slopes[parameter][stack] = -count
            }
        }
    }

    /// By the stretch, in Python functions.
    private mutating func divide(_ profile: Profile, _ costs: ProbeCosts) {
        guard let place = costs.parameters.firstIndex(of: .stretch) else { return }
        let stretch = costs.values[place]
        let isPython = profile.locations.map { !profile.functions[$0.function.index].isC }
        for stack in value.indices.dropFirst() where isPython[profile.stacks.locations[stack].index] {
            value[stack] /= stretch
            gross[stack] /= stretch
            for parameter in slopes.indices where parameter != place { slopes[parameter][stack] /= stretch }
            slopes[place][stack] = -value[stack]
        }
    }

    /// The sum over all stacks.
    var whole: CompensatedTime {
        CompensatedTime(value: value.reduce(0, +), slopes: slopes.map { $0.reduce(0, +) }, gross: gross.reduce(0, +))
    }

    /// By place: the sums over the stacks that are charged to it.
    func times(_ charge: Charge) -> [CompensatedTime] {
        let values = charge.sums(ofStackValues: value)
        let slopes = slopes.map { charge.sums(ofStackValues: $0) }
        let gross = charge.sums(ofStackValues: gross)
        return (0..<charge.placeCount).map { place in
            CompensatedTime(value: values[place], slopes: slopes.map { $0[place] }, gross: gross[place])
        }
    }
}

/// By parameter of the costs, then by stack: how many events cost it.
private struct ProbeEvents {
    private(set) var counts: [[Double]]

    /// What a call costs outside of its interval is its caller's, if that counts.
    init(_ profile: Profile, _ costs: ProbeCosts, holds: [Bool]) {
        counts = costs.parameters.map { _ in Array(repeating: 0, count: profile.stacks.count) }
        let isC = profile.locations.map { profile.functions[$0.function.index].isC }
        let place = { costs.parameters.firstIndex(of: $0) }
        let line = place(.line)
        let python = (inside: place(.pythonInside), outside: place(.pythonOutside))
        let c = (inside: place(.cInside), outside: place(.cOutside))
        for sample in profile.samples where holds[sample.stack.index] && sample.count > 0 {
            guard let leaf = profile.stacks.leaf(of: sample.stack) else { continue }
            if profile.isLine(sample) {
                if let line { counts[line][sample.stack.index] += Double(sample.count) }
                continue
            }
            let cost = isC[leaf.index] ? c : python
            let caller = profile.stacks.parent(of: sample.stack).index
            if let inside = cost.inside { counts[inside][sample.stack.index] += Double(sample.count) }
            if let outside = cost.outside, holds[caller] { counts[outside][caller] += Double(sample.count) }
        }
    }
}
