import ProfileModel
import Statistics

/// What an experiment found: the JSON object of `swprof experiment report` (`swprof.experiment/1`).
public struct ExperimentFindings: Encodable, Sendable, Equatable {
    public var schema = "swprof.experiment/1"
    public var title: String
    public var measurements: Int
    /// Whether the last of them were made in the short form.
    public var isQuick = false
    /// The function whose time the shares of functions or lines are parts of; null for the whole run's.
    @ExplicitNull public var within: String?
    public var blocks: [BlockFinding] = []
    /// Over all workloads, by arm.
    public var designs: [OverallFinding] = []
    /// Of every arm that the workloads determine one for.
    public var model: [OverheadModel] = []
    /// The part of the time in programs that the experiment itself took between them; null where too little was run.
    @ExplicitNull public var runnersCost: Double?
    /// What the machine was: name → every value that it had.
    public var audit: [String: [String]] = [:]
    /// What changed while the experiment ran.
    public var drift: [Caveat] = []
    /// What has changed since it was measured, or was not measured as asked.
    public var stale: [StaleFinding] = []
    public var caveats: [Caveat] = []

    public init(title: String, measurements: Int) { (self.title, self.measurements) = (title, measurements) }
}

/// Results that are no longer those of the spec and the programs as they are.
public struct StaleFinding: Encodable, Sendable, Equatable {
    public var workload: String
    public var why: String

    public init(workload: String, why: String) { (self.workload, self.why) = (workload, why) }
}

/// Why runs did not end well.
public struct FailureFinding: Encodable, Sendable, Equatable {
    public var why: String
    public var runs: Int
}

/// A share over runs.
public struct ShareFinding: Encodable, Sendable, Equatable {
    public var basis: MeasuredShare.Basis
    public var name: String
    @ExplicitNull public var file: String?
    public var line: Int
    public var share: Interval
}

extension MeasuredShare.Basis {
    /// Truths are told of what `within` is measured of.
    public var comparable: Self { self == .truth ? .within : self }
}

/// A place by all that tells it from others.
struct PlaceKey: Hashable {
    var basis: MeasuredShare.Basis
    var name: String
    var file: String?
    var line: Int
}

public struct HottestFinding: Encodable, Sendable, Equatable {
    public var name: String
    @ExplicitNull public var file: String?
    public var line: Int
    public var runs: Int
}

/// An arm over all workloads.
public struct OverallFinding: Encodable, Sendable, Equatable {
    public var name: String
    public var settings: ArmSettings
    public var workloads: Int
    /// The geometric mean of the workloads' slowdowns; its interval is over rounds, for these very workloads.
    @ExplicitNull public var slowdown: Ratio?
    /// The greatest of them, and whose it is.
    public var most: Double
    public var mostOf: String
}
