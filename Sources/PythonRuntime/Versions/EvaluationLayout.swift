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
        guard let version = PythonVersion.running else { return nil }
        let known: EvaluationLayout? =
            switch version.frames {
            case .known: version.evaluation
            case .reported: version.evaluation.told()
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
}
