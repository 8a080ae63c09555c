/// Index of a function in `Profile.functions`.
public struct FunctionID: Hashable, Sendable, Comparable {
    public var index: Int
    public init(_ index: Int) { self.index = index }
    public static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// Index of a location in `Profile.locations`.
public struct LocationID: Hashable, Sendable {
    public var index: Int
    public init(_ index: Int) { self.index = index }
}

/// A node of `Profile.stacks`. `StackID.empty` is the stack without a frame.
public struct StackID: Hashable, Sendable {
    private let number: UInt32
    public var index: Int { Int(number) }
    public init(_ index: Int) { number = UInt32(index) }
    public static let empty = StackID(0)
}
