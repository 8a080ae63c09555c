/// A function with its self share, whose figures stand beside its name in the JSON.
public struct SimulatedFunction: Encodable, Sendable, Equatable {
    public var name: String
    public var qualname: String
    @ExplicitNull public var file: String?
    public var line: Int
    public var share: SimulatedShare
    public var total: SimulatedShare

    private enum CodingKeys: CodingKey { case name, qualname, file, line, total }

    public init(
        name: String, qualname: String, file: String?, line: Int, share: SimulatedShare, total: SimulatedShare
    ) {
        self.name = name
        self.qualname = qualname
        self.line = line
        self.share = share
        self.total = total
        self.file = file
    }

    public func encode(to encoder: any Encoder) throws {
        try share.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(qualname, forKey: .qualname)
        try values.encode(file, forKey: .file)
        try values.encode(line, forKey: .line)
        try values.encode(total, forKey: .total)
    }
}
