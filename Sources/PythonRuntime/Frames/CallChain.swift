import CPython

/// Follows which frame a thread is in from event to event, without a call: where one does not follow from the one before,
/// the thread was put onto another stack, as greenlets are.
struct CallChain {
    private let toFrame: Int
    private let toPrevious: Int
    /// 0 where the layout is not known; then all follows.
    private let toOwner: Int
    /// The interpreter's frame that the last event left the thread in; 0 before the first.
    private var current: UInt = 0

    /// From this owner on a frame stands for the C code that calls Python, and is no function's.
    private static let ownersOfC: UInt8 = 3

    /// Called with the GIL.
    init() {
        let layout = EvaluationLayout.ofRunningInterpreter() == nil ? nil : FrameLayout.ofRunningInterpreter()
        toFrame = EvaluationLayout.objectFrame
        toPrevious = layout?.framePrevious ?? 0
        toOwner = layout?.frameOwner ?? 0
    }

    /// A frame is entered; whether it was called from where the thread was.
    @inline(__always)
    mutating func enter(_ object: OpaquePointer?) -> Bool {
        if toOwner == 0 { return true }
        let frame = load(UInt(bitPattern: object) &+ UInt(toFrame))
        defer { current = frame }
        return caller(of: frame) == current
    }

    /// A frame is left; whether the thread was in it.
    @inline(__always)
    mutating func leave(_ object: OpaquePointer?) -> Bool {
        if toOwner == 0 { return true }
        let frame = load(UInt(bitPattern: object) &+ UInt(toFrame))
        defer { current = caller(of: frame) }
        return frame == current
    }

    /// Something happens in a frame; whether the thread was in it.
    @inline(__always)
    mutating func stay(_ object: OpaquePointer?) -> Bool {
        if toOwner == 0 { return true }
        let frame = load(UInt(bitPattern: object) &+ UInt(toFrame))
        defer { current = frame }
        return frame == current
    }

    @inline(__always)
    private func caller(of frame: UInt) -> UInt {
        var caller = load(frame &+ UInt(toPrevious))
        while caller != 0, owner(of: caller) >= Self.ownersOfC { caller = load(caller &+ UInt(toPrevious)) }
        return caller
    }

    @inline(__always)
    private func owner(of frame: UInt) -> UInt8 {
        UnsafePointer<UInt8>(bitPattern: frame &+ UInt(toOwner)).unsafelyUnwrapped.pointee
    }
}
