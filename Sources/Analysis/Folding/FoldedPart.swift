/// A part of a run's time, by whose code ran.
public struct FoldedPart: Encodable, Sendable, Equatable {
    public enum Kind: String, Encodable, Sendable {
        case own, libraries, library
        case standardLibrary = "standard-library"
        case imports, waiting
    }

    public var kind: Kind
    /// Of a single library.
    @ExplicitNull public var name: String?
    public var time: Estimate

    public init(_ kind: Kind, name: String? = nil, time: Estimate) {
        (self.kind, self.name, self.time) = (kind, name, time)
    }
}
