import ProfileModel

/// What a piece measures with.
struct Experiment: Sendable {
    var store: Store
    var extent: Extent
    var seed: Seed
    var starter: any ProgramStarter
    var workloads: [Workload]
    /// The row of `session` under which measurements are stored.
    var session: Int64
    /// Is told what is being measured, and how much of it is done.
    var progress: @Sendable (String, _ done: Int, _ of: Int) -> Void
}
