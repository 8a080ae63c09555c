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

/// What of the kinds of time the samples of a profile tell.
public enum KindsTold: String, Sendable, Codable, CaseIterable {
    case none
    /// Who waits, and C functions by their names. Collections of garbage are the function's in which they began, and waits
    /// for the interpreter's lock are waits like others.
    case callsAndWaits = "calls-and-waits"
    /// All of them, and who holds the interpreter's lock.
    case all

    public func tells(_ kind: TimeKind) -> Bool {
        switch kind {
        case .garbageCollection, .lockWait: self == .all
        case .python, .c, .waiting, .unknown: self != .none
        }
    }
}

extension Sample {
    /// As far as its profile tells kinds.
    public var timeKind: TimeKind {
        switch called {
        case Function.lockWait: .lockWait
        case Function.garbageCollection: .garbageCollection
        case _ where isWaiting: .waiting
        case .some: .c
        case nil: stack == .empty ? .unknown : .python
        }
    }
}
