import ProfileModel

/// Where a tracer's events happened, at common resolution.
///
/// A tracer spends time on both sides of a call: in the caller before and after, and in the callee. So
/// half of each call is put to the function called and half to the one that calls. A C function is
/// its caller's, and so is then the whole call.
struct CallEnds: Sendable, Equatable {
    /// By function, half the number of calls into it and half of those out of it.
    var halves: [FunctionKey: Double] = [:]
    /// By function, the calls that go into it or out of it.
    var touching: [FunctionKey: Double] = [:]
    var calls = 0.0

    init() {}

    /// Of a tracer's profile; of a sampler's, which sees no calls, nothing.
    init(_ profile: Profile) {
        guard profile.kind == .tracing else { return }
        let keys = profile.locations.map { FunctionKey(profile.functions[$0.function.index]) }
        let nearest = profile.nearestPythonLocations
        for (edge, count) in Self.countEdges(profile, nearest) {
            add(count, from: edge.caller.flatMap { keys[$0.index] }, to: edge.callee.flatMap { keys[$0.index] })
        }
    }

    private struct Edge: Hashable {
        var caller: LocationID?
        var callee: LocationID?
    }

    private static func countEdges(_ profile: Profile, _ nearest: [LocationID?]) -> [Edge: Double] {
        var edges: [Edge: Double] = [:]
        for sample in profile.samples where sample.stack != .empty && !profile.isLine(sample) {
            let caller = nearest[profile.stacks.parent(of: sample.stack).index]
            let edge = Edge(caller: caller, callee: nearest[sample.stack.index])
            edges[edge, default: 0] += Double(max(0, sample.count))
        }
        return edges
    }

    private mutating func add(_ count: Double, from caller: FunctionKey?, to callee: FunctionKey?) {
        calls += count
        for end in [caller, callee] {
            if let end { halves[end, default: 0] += count / 2 }
        }
        for function in Set([caller, callee].compactMap { $0 }) { touching[function, default: 0] += count }
    }

    mutating func add(_ other: CallEnds) {
        halves.merge(other.halves, uniquingKeysWith: +)
        touching.merge(other.touching, uniquingKeysWith: +)
        calls += other.calls
    }
}
