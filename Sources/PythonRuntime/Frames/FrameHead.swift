/// What a walk needs to know of one frame.
struct FrameHead {
    var code: UInt
    var previous: UInt
    var instruction: UInt
    /// Whether it surely runs, or has called C: it then holds its code.
    var isExecuting: Bool
    /// Whether it may have called a Python function without C between: it then has put down the height of its stack, or
    /// always does, or is C's own.
    var mayHaveCalled: Bool
    /// Whether it is the first that C entered, where frames themselves say so.
    var isEntry: Bool
    var owner: UInt8
    /// Whether it is no program's, but lies between C and the frame that C entered: from 3.12 on.
    var isOfC: Bool

    static let ownedByThread: UInt8 = 0
    static let ownedByGenerator: UInt8 = 1
    private static let ownedByC: UInt8 = 3

    /// - Parameter at: where the frame lies, or a copy of it.
    @_noLocks @inline(__always)
    init(at: UInt, _ layout: FrameLayout) {
        // From 3.14 on, the low bits of the pointer to the code say who holds it.
        code = load(at &+ UInt(layout.frameCode)) & ~7
        previous = load(at &+ UInt(layout.framePrevious))
        instruction = load(at &+ UInt(layout.frameInstruction))
        owner = UInt8(truncatingIfNeeded: load(at &+ UInt(layout.frameOwner &- 7)) >> 56)
        isOfC = owner >= Self.ownedByC
        isExecuting = layout.frameStackTop.map { UInt32(truncatingIfNeeded: load(at &+ UInt($0))) == .max } ?? false
        mayHaveCalled = isOfC || !isExecuting
        isEntry = layout.cframes?.isEntry.map { load(at &+ UInt($0)) & 0xff != 0 } ?? false
    }
}
