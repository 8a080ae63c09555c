import CPython
import Glibc

/// Ends the session as the program ends, by `atexit`. Used with the GIL only.
public enum ExitStop {
    /// Kept for good: what was registered may be called after it was taken back.
    nonisolated(unsafe) private static var function: Object?

    /// Registered first, it is called last: what the program does as it ends is profiled too.
    public static func begin() throws(SessionError) {
        function = function ?? PyCFunction_NewEx(definition, nil, nil)
        guard let function, callAtExit("register", function) else {
            throw SessionError("this Python has no atexit, which profiling needs; name another with --python")
        }
    }

    static func end() {
        if let function { _ = callAtExit("unregister", function) }
    }

    /// Kept for good, for a function object refers to its definition.
    nonisolated(unsafe) private static let definition: UnsafeMutablePointer<PyMethodDef> = {
        let definition = UnsafeMutablePointer<PyMethodDef>.allocate(capacity: 1)
        definition.initialize(
            to: PyMethodDef(ml_name: strdup("stop"), ml_meth: stop, ml_flags: METH_NOARGS, ml_doc: nil))
        return definition
    }()

    private static func callAtExit(_ name: String, _ argument: Object) -> Bool {
        let isNew = PyDict_GetItemString(PyImport_GetModuleDict(), "atexit") == nil
        // The module itself is kept for good: what is registered would go with it.
        guard let atexit = PyImport_ImportModule("atexit") else {
            PyErr_Clear()
            return false
        }
        if isNew { PyDict_DelItemString(PyImport_GetModuleDict(), "atexit") }
        let called = PyObject_GetAttrString(atexit, name)
        let arguments = PyTuple_New(1)
        Py_IncRef(argument)
        PyTuple_SetItem(arguments, 0, argument)
        let result = PyObject_Call(called, arguments, nil)
        if result == nil { PyErr_Clear() }
        for object in [called, arguments, result] { Py_DecRef(object) }
        return result != nil
    }
}

private func stop(_: Object?, _: Object?) -> Object? {
    if PyEval_GetFrame() == nil {
        Session.stop()
    } else {
        // A Python function runs: the program runs its exit functions itself and goes on, or C code ends the interpreter beneath it
        // (`PyErr_Print` of a SystemExit). Which of the two is seen when that function runs on: until then nobody looks. The
        // interpreter forgets its exit functions when we have returned, so we register again after that.
        if getpid() == gettid() { ForkPause.untilRunningOn() }
        Py_AddPendingCall(onExitFunctionsForgotten, nil)
    }
    return swprof_none()
}

private func onExitFunctionsForgotten(_: UnsafeMutableRawPointer?) -> Int32 {
    if Session.current != nil { try? ExitStop.begin() }
    return 0
}
