import ProfileModel
import Statistics

/// The share of the time that went into one kind.
public struct KindFinding: Encodable, Sendable, Equatable {
    public var kind: TimeKind
    public var `self`: Estimate

    public init(kind: TimeKind, self own: Estimate) {
        self.kind = kind
        self.`self` = own
    }
}

enum KindAnalysis {
    /// The shares of all kinds that were seen, the greatest first; none where they cannot be told.
    static func findings(_ profile: Profile, _ scope: Scope, _ method: IntervalMethod) -> [KindFinding] {
        guard profile.isOfTicks, profile.kindsTold != .none else { return [] }
        let kinds = profile.onPlaces(TimeKind.allCases.map(\.rawValue), in: scope) { $0.timeKind.rawValue }
        return kinds.sharesOfTops(method).compactMap { name, own in
            TimeKind(rawValue: name).map { KindFinding(kind: $0, self: own.estimate) }
        }
    }
}
