import CPython

/// The way from a frame object to its code object, without a call and a count of references.
struct CodePath {
    private let toFrame: Int
    private let toCode: Int

    /// `nil` where the layout is not known, or does not lead where the API says.
    /// Called with the GIL.
    static func ofRunningInterpreter() -> CodePath? {
        EvaluationLayout.ofRunningInterpreter().map {
            CodePath(toFrame: EvaluationLayout.objectFrame, toCode: $0.frameCode)
        }
    }

    /// The address of the frame's code object.
    @inline(__always)
    func code(of frame: OpaquePointer?) -> UInt {
        load(load(UInt(bitPattern: frame) &+ UInt(toFrame)) &+ UInt(toCode)) & ~EvaluationLayout.marks
    }

    /// The same by the API. The frame holds its code, so ours may be given back before it is used.
    @inline(never)
    static func askForCode(of frame: OpaquePointer?) -> UInt {
        let code = PyFrame_GetCode(frame)
        Py_DecRef(UnsafeMutableRawPointer(code)?.assumingMemoryBound(to: PyObject.self))
        return UInt(bitPattern: code)
    }
}
