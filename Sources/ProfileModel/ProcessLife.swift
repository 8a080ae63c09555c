/// One process of a run whose children are followed.
public struct ProcessLife: Sendable, Equatable {
    /// The kernel's number of the process.
    public var id: Int64
    /// That of the process that started it, of those that are profiled; `nil` for the program's own.
    public var parent: Int64?
    public var name: String
    /// When its profile begins, in nanoseconds on the monotonic clock.
    public var start: Int64
    /// Wall time of its profile.
    public var seconds: Double
    /// What the kernel says of it; `nil` where its log ends before that.
    public var account: ProcessAccount?
    /// Of a sampler, without the reasons of what was late or lost.
    public var ledger: Ledger?

    public init(
        id: Int64, parent: Int64? = nil, name: String, start: Int64, seconds: Double, account: ProcessAccount? = nil,
        ledger: Ledger? = nil
    ) {
        self.id = id
        self.parent = parent
        self.name = name
        self.start = start
        self.seconds = seconds
        self.account = account
        self.ledger = ledger
    }

    /// CPU time of the process while it was profiled, without that of our own threads.
    public var cpuSeconds: Double { account?.cpuSeconds ?? 0 }
}
