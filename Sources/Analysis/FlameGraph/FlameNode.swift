/// A node of a flame graph: a function beneath its callers, with its share of the thread-time.
public struct FlameNode: Sendable, Equatable {
    public var name: String
    /// `nil` for C functions and for the root.
    public var file: String?
    public var line: Int
    /// Part of the thread-time, 0 to 1, children included.
    public var share: Double
    public var children: [FlameNode]

    public init(name: String, file: String? = nil, line: Int = 0, share: Double, children: [FlameNode] = []) {
        self.name = name
        self.file = file
        self.line = line
        self.share = share
        self.children = children
    }
}
