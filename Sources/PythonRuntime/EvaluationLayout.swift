import CPython

/// Where CPython keeps the little that a tracer reads: byte offsets into its structures, for one version.
struct EvaluationLayout {
    // PyThreadState
    /// The frame that runs, or the `_PyCFrame` that leads to it.
    var threadFrame: Int
    var threadRecursionRemaining: Int
    /// What is left of the C stack by CPython's own count; `nil` where it does not count.
    var threadCRecursionRemaining: Int?
    // _PyCFrame; `nil` where there is none between
    var cframeFrame: Int?
    // _PyInterpreterFrame
    var frameCode: Int
    var frameOwner: Int
    // PyFrameObject
    var objectFrame = 24

    /// What each evaluation takes of the count, PY_EVAL_C_STACK_UNITS.
    static let evaluationUnits: Int32 = 2

    /// The layout of the running interpreter, or `nil` where it is not known or does not hold here: never guessed.
    /// Called with the GIL.
    static func ofRunningInterpreter() -> EvaluationLayout? {
        let known: EvaluationLayout? =
            switch Py_Version >> 16 {
            case 0x030b: python3_11
            case 0x030c: python3_12
            case 0x030d: python3_13
            default: nil
            }
        guard let known, known.holds else { return nil }
        return known
    }

    /// The frame that a thread runs, 0 where it runs none.
    @inline(__always)
    func frame(ofThread state: UInt) -> UInt {
        let frame = load(state &+ UInt(threadFrame))
        guard let cframeFrame else { return frame }
        return load(frame &+ UInt(cframeFrame))
    }

    /// Whether the calling thread's frame is, by this layout, what the API says it is.
    private var holds: Bool {
        guard let state = PyThreadState_Get(), let running = PyThreadState_GetFrame(state) else { return true }
        let object = UnsafeMutableRawPointer(running).assumingMemoryBound(to: PyObject.self)
        defer { Py_DecRef(object) }
        guard let code = PyFrame_GetCode(running) else { return false }
        defer { Py_DecRef(UnsafeMutableRawPointer(code).assumingMemoryBound(to: PyObject.self)) }
        let inner = load(UInt(bitPattern: running) &+ UInt(objectFrame))
        return frame(ofThread: UInt(bitPattern: state)) == inner && load(inner &+ UInt(frameCode)) == UInt(bitPattern: code)
    }

    // From Include/cpython/pystate.h and Include/internal/pycore_frame.h of each version on 64-bit machines; the
    // same in all its releases.
    private static let python3_11 = EvaluationLayout(
        threadFrame: 56, threadRecursionRemaining: 32, threadCRecursionRemaining: nil, cframeFrame: 8, frameCode: 32, frameOwner: 69)
    private static let python3_12 = EvaluationLayout(
        threadFrame: 56, threadRecursionRemaining: 28, threadCRecursionRemaining: 36, cframeFrame: 0, frameCode: 0, frameOwner: 70)
    private static let python3_13 = EvaluationLayout(
        threadFrame: 72, threadRecursionRemaining: 44, threadCRecursionRemaining: 52, cframeFrame: nil, frameCode: 0, frameOwner: 70)
}
