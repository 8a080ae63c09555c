import CPython

/// The way from a frame object to its code object, without a call and a count of references.
struct CodePath {
    private let toFrame: Int
    private let toCode: Int

    /// `nil` where the layout is not known, or does not lead where the API says.
    /// Called with the GIL.
    static func ofRunningInterpreter() -> CodePath? {
        guard let layout = EvaluationLayout.ofRunningInterpreter() else { return nil }
        let path = CodePath(toFrame: layout.objectFrame, toCode: layout.frameCode)
        guard let frame = PyThreadState_GetFrame(PyThreadState_Get()) else { return path }
        defer { Py_DecRef(UnsafeMutableRawPointer(frame).assumingMemoryBound(to: PyObject.self)) }
        return path.code(of: frame) == askForCode(of: frame) ? path : nil
    }

    /// The address of the frame's code object.
    @inline(__always)
    func code(of frame: OpaquePointer?) -> UInt {
        load(load(UInt(bitPattern: frame) &+ UInt(toFrame)) &+ UInt(toCode))
    }

    /// The same by the API. The frame holds its code, so ours may be given back before it is used.
    @inline(never)
    static func askForCode(of frame: OpaquePointer?) -> UInt {
        let code = PyFrame_GetCode(frame)
        Py_DecRef(UnsafeMutableRawPointer(code)?.assumingMemoryBound(to: PyObject.self))
        return UInt(bitPattern: code)
    }
}
