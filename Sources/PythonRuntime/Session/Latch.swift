import CPython

/// Starts a session just as the program's first line is about to run.
///
/// It is armed while Python still starts up. A profile function waits for the first frame that
/// nobody called and that is the program's: all that runs before it is Python's own, and the
/// program itself then starts with no frame of ours beneath it.
public enum Latch {
    nonisolated(unsafe) private static var settings: SessionSettings?
    nonisolated(unsafe) private static var onFailure: ((SessionError, SessionSettings) -> Void)?

    /// - Parameter onFailure: called where the session cannot start.
    public static func arm(_ settings: SessionSettings, onFailure: @escaping (SessionError, SessionSettings) -> Void) {
        self.settings = settings
        self.onFailure = onFailure
        PyEval_SetProfile(onEventBeforeProgram, nil)
    }

    /// Takes a module out of `sys.modules` before the program could see it.
    public static func forgetModule(_ name: String) { moduleToForget = name }

    nonisolated(unsafe) private static var moduleToForget: String?

    /// Opens the latch where `frame` is the program's first; true where it did.
    fileprivate static func open(at frame: OpaquePointer?) {
        guard let settings, isFirstOfProgram(frame) else { return }
        self.settings = nil
        PyEval_SetProfile(nil, nil)
        if let moduleToForget, PyDict_DelItemString(PyImport_GetModuleDict(), moduleToForget) != 0 { PyErr_Clear() }
        do {
            try Session.start(settings, firstFrame: frame)
        } catch {
            onFailure?(error, settings)
        }
    }

    /// A script's or `-c`'s frame is a `<module>`, `-m` comes through `runpy`; both are called by C.
    private static func isFirstOfProgram(_ frame: OpaquePointer?) -> Bool {
        guard let frame else { return false }
        if let caller = PyFrame_GetBack(frame) {
            Py_DecRef(UnsafeMutableRawPointer(caller).assumingMemoryBound(to: PyObject.self))
            return false
        }
        guard let code = PyFrame_GetCode(frame) else { return false }
        let object = UnsafeMutableRawPointer(code).assumingMemoryBound(to: PyObject.self)
        defer { Py_DecRef(object) }
        return ["<module>", "_run_module_as_main"].contains(text(object, attribute: "co_name"))
    }
}

private func onEventBeforeProgram(_: Object?, _ frame: OpaquePointer?, _ what: Int32, _: Object?) -> Int32 {
    if Int(what) == swprof_call { Latch.open(at: frame) }
    return 0
}
