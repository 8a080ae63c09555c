import ProfileModel

/// One process of a run whose children were followed.
public struct ProcessFinding: Encodable, Sendable, Equatable {
    public var id: Int64
    /// The process that started it, of those that are profiled; null for the program's own.
    @ExplicitNull public var parent: Int64?
    public var name: String
    /// Wall time of its profile, and CPU time of the process meanwhile.
    public var seconds: Double
    public var cpuSeconds: Double
    /// Null for tracers.
    @ExplicitNull public var ledger: Ledger?
    /// Its part of the thread-time, or of the time under a function; null where there is none.
    @ExplicitNull public var share: Double?

    public init(
        id: Int64, parent: Int64? = nil, name: String, seconds: Double, cpuSeconds: Double, ledger: Ledger? = nil,
        share: Double? = nil
    ) {
        self.id = id
        self.parent = parent
        self.name = name
        self.seconds = seconds
        self.cpuSeconds = cpuSeconds
        self.ledger = ledger
        self.share = share
    }
}

extension [ProcessFinding] {
    /// - Parameter parts: what each thread has of the whole.
    init(_ profile: Profile, parts: [Double]) {
        var times = [Double](repeating: 0, count: profile.processes.count)
        for (thread, part) in zip(profile.threads, parts) where times.indices.contains(thread.process) {
            times[thread.process] += part
        }
        let whole = times.reduce(0, +)
        self = zip(profile.processes, times).map { process, time in
            ProcessFinding(
                id: process.id, parent: process.parent, name: process.name, seconds: process.seconds,
                cpuSeconds: process.cpuSeconds, ledger: process.ledger, share: whole > 0 ? time / whole : nil)
        }
    }
}
