import ProfileModel

/// The asyncio tasks of one name, and the share of the time in which threads ran them.
public struct TaskFinding: Encodable, Sendable, Equatable {
    public var name: String
    public var `self`: Estimate
    /// The same as `self`: a task that waits for another runs no longer.
    public var total: Estimate

    public init(name: String, time: Estimate) { (self.name, self.`self`, total) = (name, time, time) }
}

/// What of the time is no task's, where a program has tasks.
public struct TasklessFinding: Encodable, Sendable, Equatable {
    /// No task ran: the loop itself, what it calls, and threads that have none.
    public var none: Estimate
    /// It could not be told which task ran, or whether one did.
    public var unknown: Estimate

    public init(none: Estimate, unknown: Estimate) { (self.none, self.unknown) = (none, unknown) }
}

/// The shares of a sampler's run by task.
struct TaskAnalysis {
    /// By name, the greatest first.
    private(set) var tasks: [TaskFinding] = []
    private(set) var taskless: TasklessFinding

    /// `nil` where no task was seen.
    init?(_ profile: Profile, _ scope: Scope) {
        let seen = Set(profile.samples.lazy.filter { scope.holds[$0.stack.index] }.map(\.task))
        guard profile.kind == .sampling, seen.contains(where: { $0 != nil }) else { return nil }
        let names = seen.union([nil, .unknown]).map(Self.key).sorted()
        let placed = profile.onPlaces(names, in: scope) { Self.key($0.task) }
        let places = Places(functionsOf: placed)
        let estimates = placed.estimator(Scope(wholeOf: placed)).estimates(places.own)
        let times = Dictionary(uniqueKeysWithValues: zip(places.keys.map(\.name), estimates))
        let none = Estimate(share: 0)
        taskless = TasklessFinding(
            none: times[Self.key(nil)] ?? none, unknown: times[Self.key(.unknown)] ?? none)
        tasks = seen.compactMap { $0?.name }.compactMap { name in
            times[Self.key(.named(name))].map { TaskFinding(name: name, time: $0) }
        }
        tasks.sort { (-($0.`self`.share ?? 0), $0.name) < (-($1.`self`.share ?? 0), $1.name) }
    }

    /// A program may call its tasks anything, so a name is never taken for one of the others.
    private static func key(_ task: RunningTask?) -> String {
        switch task {
        case nil: "none"
        case .unknown?: "unknown"
        case .named(let name)?: "task " + name
        }
    }
}

extension TaskFinding {
    func widened(by unaccounted: Double) -> TaskFinding {
        TaskFinding(name: name, time: self.`self`.widened(by: unaccounted))
    }
}

extension TasklessFinding {
    func widened(by unaccounted: Double) -> TasklessFinding {
        TasklessFinding(none: none.widened(by: unaccounted), unknown: unknown.widened(by: unaccounted))
    }
}
