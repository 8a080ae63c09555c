import ProfileModel
import Statistics

/// What a thread did at the instant at which a sampler looked.
public enum TimeKind: String, Codable, Sendable, CaseIterable {
    case python
    /// Ran a C function that a Python line called, and that is named.
    case c
    case garbageCollection = "garbage-collection"
    /// Waited for the interpreter's lock.
    case lockWait = "gil-wait"
    /// Waited for anything else but a processor, be it in a C function.
    case waiting
    /// Ran, but no Python function was seen.
    case unknown
}

/// The share of the time that went into one kind.
public struct KindFinding: Encodable, Sendable, Equatable {
    public var kind: TimeKind
    public var `self`: Estimate

    public init(kind: TimeKind, self own: Estimate) {
        self.kind = kind
        self.`self` = own
    }
}

extension Profile {
    /// By the name of the kind; `nil` for a profile whose sampler names no C functions.
    fileprivate func onKinds(in scope: Scope) -> Profile? {
        guard isOfTicks, samples.contains(where: { $0.called != nil }) else { return nil }
        return onPlaces(TimeKind.allCases.map(\.rawValue), in: scope) { TimeKind($0).rawValue }
    }
}

extension TimeKind {
    fileprivate init(_ sample: Sample) {
        self =
            switch sample.called {
            case Function.lockWait: .lockWait
            case Function.garbageCollection: .garbageCollection
            case _ where sample.isWaiting: .waiting
            case .some: .c
            case nil: sample.stack == .empty ? .unknown : .python
            }
    }
}

enum KindAnalysis {
    /// The shares of all kinds that were seen, the greatest first; none where they cannot be told.
    static func findings(_ profile: Profile, _ scope: Scope, _ method: IntervalMethod) -> [KindFinding] {
        guard let kinds = profile.onKinds(in: scope) else { return [] }
        return kinds.sharesOfTops(method).compactMap { name, own in
            TimeKind(rawValue: name).map { KindFinding(kind: $0, self: own.estimate) }
        }
    }
}
