/// A line with its self share.
public struct SimulatedLine: Encodable, Sendable, Equatable {
    public var file: String
    public var line: Int
    /// The bare name of the function that it is of.
    public var function: String
    public var share: SimulatedShare

    private enum CodingKeys: CodingKey { case file, line, function }

    public init(file: String, line: Int, function: String, share: SimulatedShare) {
        (self.file, self.line, self.function, self.share) = (file, line, function, share)
    }

    public func encode(to encoder: any Encoder) throws {
        try share.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(file, forKey: .file)
        try values.encode(line, forKey: .line)
        try values.encode(function, forKey: .function)
    }
}
