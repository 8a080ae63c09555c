import CPython

/// Where CPython keeps the little that a tracer reads: byte offsets into its structures, for one version.
struct EvaluationLayout {
    // PyThreadState
    /// The frame that runs, or the `_PyCFrame` that leads to it.
    var threadFrame: Int
    var threadRecursionRemaining: Int
    /// What is left of the C stack by CPython's own count; `nil` where it does not count.
    var threadCRecursionRemaining: Int?
    /// The count that has the interpreter refuse an evaluation, and clear its frame away, where nothing is left of it;
    /// `nil` where its caller clears the frame.
    var threadRefusal: Int?
    // _PyCFrame; `nil` where there is none between
    var cframeFrame: Int?
    // _PyInterpreterFrame
    var frameCode: Int
    var frameOwner: Int
    // PyFrameObject
    static let objectFrame = 24

    /// A frame's reference to its code is marked in its low bits from 3.14 on (Include/internal/pycore_stackref.h).
    static let marks: UInt = 3

    /// What each evaluation takes of the count, PY_EVAL_C_STACK_UNITS.
    static let evaluationUnits: Int32 = 2

    /// The layout of the running interpreter, or `nil` where it is not known or does not hold here: never guessed.
    /// Called with the GIL.
    static func ofRunningInterpreter() -> EvaluationLayout? {
        let known: EvaluationLayout? =
            switch Py_Version >> 16 {
            case 0x030b: python3_11
            case 0x030c: python3_12
            case 0x030d: python3_13.told()
            case 0x030e: python3_14.told()
            case 0x030f: python3_15.told()
            default: nil
            }
        guard let known, known.holds else { return nil }
        return known
    }

    /// With what the interpreter tells of itself in the place of the table; `nil` where it tells nothing.
    private func told() -> EvaluationLayout? {
        guard let offsets = DebugOffsets.ofRunningInterpreter() else { return nil }
        var told = self
        told.threadFrame = offsets.threadFrame
        told.frameCode = offsets.frameExecutable
        told.frameOwner = offsets.frameOwner
        return told
    }

    /// The frame that a thread runs, 0 where it runs none.
    @inline(__always)
    func frame(ofThread state: UInt) -> UInt {
        let frame = load(state &+ UInt(threadFrame))
        guard let cframeFrame else { return frame }
        return load(frame &+ UInt(cframeFrame))
    }

    /// The address of a frame's code object.
    @inline(__always)
    func code(ofFrame frame: UInt) -> UInt { load(frame &+ UInt(frameCode)) & ~Self.marks }

    /// Whether the calling thread's frame is, by this layout, what the API says it is.
    private var holds: Bool {
        guard let state = PyThreadState_Get(), let running = PyThreadState_GetFrame(state) else { return true }
        let object = UnsafeMutableRawPointer(running).assumingMemoryBound(to: PyObject.self)
        defer { Py_DecRef(object) }
        guard let code = PyFrame_GetCode(running) else { return false }
        defer { Py_DecRef(UnsafeMutableRawPointer(code).assumingMemoryBound(to: PyObject.self)) }
        let inner = load(UInt(bitPattern: running) &+ UInt(Self.objectFrame))
        return frame(ofThread: UInt(bitPattern: state)) == inner && self.code(ofFrame: inner) == UInt(bitPattern: code)
    }

    // From Include/cpython/pystate.h and Include/internal/pycore_frame.h of each version on 64-bit machines; the
    // same in all its releases.
    private static let python3_11 = EvaluationLayout(
        threadFrame: 56, threadRecursionRemaining: 32, cframeFrame: 8, frameCode: 32, frameOwner: 69)
    private static let python3_12 = EvaluationLayout(
        threadFrame: 56, threadRecursionRemaining: 28, threadCRecursionRemaining: 36, threadRefusal: 36, cframeFrame: 0,
        frameCode: 0, frameOwner: 70)
    private static let python3_13 = EvaluationLayout(
        threadFrame: 72, threadRecursionRemaining: 44, threadCRecursionRemaining: 52, threadRefusal: 52, frameCode: 0, frameOwner: 70)
    private static let python3_14 = EvaluationLayout(
        threadFrame: 72, threadRecursionRemaining: 48, threadRefusal: 48, frameCode: 0, frameOwner: 74)
    private static let python3_15 = EvaluationLayout(
        threadFrame: 72, threadRecursionRemaining: 52, threadRefusal: 52, frameCode: 0, frameOwner: 74)
}
