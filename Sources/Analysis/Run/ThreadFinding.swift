/// One thread of a run.
public struct ThreadFinding: Encodable, Sendable, Equatable {
    public var id: Int64
    public var name: String
    public var seconds: Double
    @ExplicitNull public var share: Double?

    public init(id: Int64, name: String, seconds: Double, share: Double? = nil) {
        self.id = id
        self.name = name
        self.seconds = seconds
        self.share = share
    }
}
