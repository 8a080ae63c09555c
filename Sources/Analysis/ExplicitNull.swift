/// An optional that is written as `null` rather than left out: in our JSON, absent is null.
/// Numbers that JSON cannot hold (NaN, infinities) are written as null too.
@propertyWrapper
public struct ExplicitNull<Value: Encodable & Sendable & Equatable>: Encodable, Sendable, Equatable {
    public var wrappedValue: Value?

    public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let number = wrappedValue as? Double, !number.isFinite {
            try container.encodeNil()
        } else if let value = wrappedValue {
            try container.encode(value)
        } else {
            try container.encodeNil()
        }
    }
}
