import ProfileModel
import Statistics

/// One value for each kind of time that a profile tells apart.
public struct ByKind<Value: Encodable & Sendable & Equatable>: Encodable, Sendable, Equatable {
    public var python: Value
    public var c: Value
    /// Null where collections are in `python`, and waits for the lock in `waiting`: the design does not tell them.
    @ExplicitNull public var garbage: Value?
    @ExplicitNull public var gil: Value?
    public var waiting: Value
    public var unknown: Value

    public init(_ told: KindsTold, _ value: (TimeKind) -> Value) {
        (python, c, waiting, unknown) = (value(.python), value(.c), value(.waiting), value(.unknown))
        garbage = told.tells(.garbageCollection) ? value(.garbageCollection) : nil
        gil = told.tells(.lockWait) ? value(.lockWait) : nil
    }

    public subscript(kind: TimeKind) -> Value? {
        switch kind {
        case .python: python
        case .c: c
        case .garbageCollection: garbage
        case .lockWait: gil
        case .waiting: waiting
        case .unknown: unknown
        }
    }
}

/// What functions did in their self time: shares of the whole by kind, which add up to each function's own.
struct FunctionKinds {
    private struct Key: Hashable {
        var function: Int32
        var kind: TimeKind

        init?(_ function: Int32?, _ kind: TimeKind) {
            guard let function else { return nil }
            (self.function, self.kind) = (function, kind)
        }
    }

    private let told: KindsTold
    private let places: [Key: Int]
    /// The last one is of what was never seen.
    private let estimates: [Estimate]

    /// - Parameter function: the number of a sample's.
    /// - Returns: `nil` where the profile tells no kinds.
    init?(_ profile: Profile, _ scope: Scope, _ function: (Sample) -> Int32?) {
        guard profile.isOfTicks, profile.kindsTold != .none else { return nil }
        var places: [Key: Int] = [:]
        for sample in profile.samples {
            guard let key = Key(function(sample), sample.timeKind), places[key] == nil else { continue }
            places[key] = places.count
        }
        estimates = profile.estimates(count: places.count + 1, in: scope) {
            Key(function($0), $0.timeKind).flatMap { places[$0] }
        }
        (told, self.places) = (profile.kindsTold, places)
    }

    func shares(of function: Int32) -> ByKind<Double> { ByKind(told) { estimate(function, $0).share ?? 0 } }

    /// `nil` where none are valid.
    func intervals(of function: Int32) -> ByKind<Bounds>? {
        guard estimates.allSatisfy({ $0.low != nil && $0.high != nil }) else { return nil }
        return ByKind(told) {
            let estimate = estimate(function, $0)
            return Bounds(low: estimate.low ?? 0, high: estimate.high ?? 1)
        }
    }

    private func estimate(_ function: Int32, _ kind: TimeKind) -> Estimate {
        estimates[Key(function, kind).flatMap { places[$0] } ?? estimates.count - 1]
    }
}

extension FunctionFinding {
    /// With what its function did.
    func with(_ kinds: FunctionKinds?, of function: Int32) -> FunctionFinding {
        var finding = self
        (finding.kinds, finding.kindIntervals) = (kinds?.shares(of: function), kinds?.intervals(of: function))
        return finding
    }
}
