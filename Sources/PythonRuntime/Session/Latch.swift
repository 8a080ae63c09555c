import CPython

/// Starts a session just as the program's first line is about to run.
///
/// It is armed while Python still starts up. Until then every frame is evaluated through it (PEP 523), and it waits for the
/// first that nobody called and that is the program's: all that runs before is Python's own, and the program itself then
/// starts with no frame of ours beneath it. What is set meanwhile by a `sitecustomize` or a `.pth` file, be it a profile
/// function or a trace function, stays where it is. Used with the GIL only.
public enum Latch {
    nonisolated(unsafe) private static var settings: SessionSettings?
    nonisolated(unsafe) private static var onFailure: ((SessionError, SessionSettings) -> Void)?
    nonisolated(unsafe) private static var layout: EvaluationLayout?
    /// Who evaluates frames without us.
    nonisolated(unsafe) private static var next: swprof_evaluation?

    /// - Parameter onFailure: called where the session cannot start.
    public static func arm(
        _ settings: SessionSettings, onFailure: @escaping (SessionError, SessionSettings) -> Void
    ) throws(SessionError) {
        guard let layout = EvaluationLayout.ofRunningInterpreter() else {
            throw SessionError(
                "the frame layout of Python \(PythonVersion.text) is not known; use a CPython from 3.11 to 3.15")
        }
        // Where the program's first line is about to run there is no frame to learn by.
        try Session.learn(settings)
        (self.settings, self.onFailure, self.layout) = (settings, onFailure, layout)
        AuditWatch.shared.begin()
    }

    /// From now on frames are evaluated through the latch: what a `sitecustomize` set for that, too, is called as before.
    public static func close() {
        guard settings != nil else { return }
        let interpreter = PyInterpreterState_Get()
        next = _PyInterpreterState_GetEvalFrameFunc(interpreter)
        _PyInterpreterState_SetEvalFrameFunc(interpreter, evaluateUnderLatch)
    }

    /// Takes a module out of `sys.modules` before the program could see it.
    public static func forgetModule(_ name: String) { moduleToForget = name }

    nonisolated(unsafe) private static var moduleToForget: String?

    fileprivate static func evaluate(_ state: OpaquePointer?, _ frame: UnsafeMutableRawPointer?, _ throwing: Int32)
        -> Object?
    {
        let latched = next ?? _PyEval_EvalFrameDefault
        guard let settings, throwing == 0, isFirstOfProgram(frame) else { return latched(state, frame, throwing) }
        self.settings = nil
        let interpreter = PyInterpreterState_Get()
        // Something else may have been set on top of the latch, and goes on to call it: then it stays, and does nothing.
        let isOnTop =
            unsafeBitCast(_PyInterpreterState_GetEvalFrameFunc(interpreter), to: UInt.self)
            == unsafeBitCast(evaluateUnderLatch as swprof_evaluation, to: UInt.self)
        if isOnTop { _PyInterpreterState_SetEvalFrameFunc(interpreter, latched) }
        if let moduleToForget, PyDict_DelItemString(PyImport_GetModuleDict(), moduleToForget) != 0 { PyErr_Clear() }
        do {
            try Session.start(settings)
        } catch {
            onFailure?(error, settings)
        }
        let now = isOnTop ? _PyInterpreterState_GetEvalFrameFunc(interpreter) ?? latched : latched
        return now(state, frame, throwing)
    }

    /// A script's or `-c`'s frame is a `<module>`, `-m` comes through `runpy`; both are called by C.
    private static func isFirstOfProgram(_ frame: UnsafeMutableRawPointer?) -> Bool {
        guard PyEval_GetFrame() == nil, let layout,
            let code = Object(bitPattern: layout.code(ofFrame: UInt(bitPattern: frame)))
        else { return false }
        return ["<module>", "_run_module_as_main"].contains(text(code, attribute: "co_name"))
    }
}

private func evaluateUnderLatch(_ state: OpaquePointer?, _ frame: UnsafeMutableRawPointer?, _ throwing: Int32)
    -> Object?
{
    Latch.evaluate(state, frame, throwing)
}
