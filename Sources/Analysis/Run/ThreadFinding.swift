/// One thread of a run.
public struct ThreadFinding: Encodable, Sendable, Equatable {
    public var id: Int64
    public var name: String
    /// Null where the file tells shares alone.
    @ExplicitNull public var seconds: Double?
    @ExplicitNull public var share: Double?
    /// The kernel's number of its process; only where children were followed.
    public var process: Int64?

    public init(id: Int64, name: String, seconds: Double?, share: Double? = nil, process: Int64? = nil) {
        self.process = process
        self.id = id
        self.name = name
        self.seconds = seconds
        self.share = share
    }
}
