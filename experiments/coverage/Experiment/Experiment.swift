import Measuring
import ProfileModel

/// What a piece measures with.
struct Experiment: Sendable {
    var store: Store
    var extent: Extent
    var seed: Seed
    var starter: any ProgramStarter
    var workloads: [Workload]
    /// The conditions that are measured; all where none is named.
    var planned = PlannedRuns.all
    /// No more runs of a cell are made than this, stored ones included; `nil` for as many as the extent asks for.
    var mostRuns: Int?
    /// The row of `session` under which measurements are stored.
    var session: Int64
    /// Is told what is being measured, and how much of it is done.
    var progress: @Sendable (String, _ done: Int, _ of: Int) -> Void
    /// Is told in one line what is left out, and why.
    var skip: @Sendable (String) -> Void = { _ in }

    /// Those that are recorded and drawn from.
    var firstWorkloads: [Workload] { workloads.filter { !Workload.hard.contains($0) } }
}
