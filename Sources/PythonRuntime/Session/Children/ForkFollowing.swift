import CPython
import Glibc

/// Goes on profiling in forked children: called in each before any Python runs in it. Used with the GIL only.
enum ForkFollowing {
    nonisolated(unsafe) private static var isRegistered = false

    /// What is registered for forks cannot be taken back, so it is done once for all sessions.
    static func begin() {
        guard !isRegistered else { return }
        isRegistered = register()
        if !isRegistered { PyErr_Clear() }
    }

    private static func register() -> Bool {
        guard let os = PyImport_ImportModule("posix"), let register = PyObject_GetAttrString(os, "register_at_fork"),
            let arguments = PyTuple_New(0), let named = PyDict_New(), let function = function()
        else { return false }
        defer { for object in [os, register, arguments, named, function] { Py_DecRef(object) } }
        guard PyDict_SetItemString(named, "after_in_child", function) == 0 else { return false }
        let result = PyObject_Call(register, arguments, named)
        Py_DecRef(result)
        return result != nil
    }

    private static func function() -> Object? {
        let definition = UnsafeMutablePointer<PyMethodDef>.allocate(capacity: 1)
        definition.initialize(to: PyMethodDef(ml_name: name, ml_meth: onChild, ml_flags: METH_NOARGS, ml_doc: nil))
        return PyCFunction_NewEx(definition, nil, nil)
    }

    nonisolated(unsafe) private static let name = UnsafePointer(strdup("swprof_child"))
}

private func onChild(_: Object?, _: Object?) -> Object? {
    Session.goOnInChild()
    return swprof_none()
}
