import CPython
import Glibc

/// What `swprof run` put into the environment and onto the path, and how it is taken away again.
enum LaunchEnvironment {
    /// Makes `os.environ` and `sys.path` what they are without us.
    static func hide(folder: String) {
        guard let os = PyImport_ImportModule("os"), let environ = PyObject_GetAttrString(os, "environ") else {
            return PyErr_Clear()
        }
        defer {
            Py_DecRef(environ)
            Py_DecRef(os)
        }
        restorePythonPath(environ)
        for name in ["SWPROF_LAUNCH", "SWPROF_PYTHONPATH"] where getenv(name) != nil { remove(name, from: environ) }
        removeFromPath(folder)
    }

    private static func restorePythonPath(_ environ: UnsafeMutablePointer<PyObject>) {
        guard let before = getenv("SWPROF_PYTHONPATH"), let value = PyUnicode_DecodeFSDefault(before) else {
            return remove("PYTHONPATH", from: environ)
        }
        if PyMapping_SetItemString(environ, "PYTHONPATH", value) != 0 { PyErr_Clear() }
        Py_DecRef(value)
    }

    private static func remove(_ name: String, from environ: UnsafeMutablePointer<PyObject>) {
        guard let key = PyUnicode_FromString(name) else { return PyErr_Clear() }
        if PyObject_DelItem(environ, key) != 0 { PyErr_Clear() }
        Py_DecRef(key)
    }

    /// Takes our folder off the path, as if it had never been there.
    static func removeFromPath(_ folder: String) {
        guard let path = PySys_GetObject("path"), let entry = PyUnicode_DecodeFSDefault(folder) else {
            return PyErr_Clear()
        }
        let at = PySequence_Index(path, entry)
        if at >= 0 { PySequence_DelItem(path, at) }
        if let cache = PySys_GetObject("path_importer_cache"), PyDict_Contains(cache, entry) == 1 {
            PyDict_DelItem(cache, entry)
        }
        Py_DecRef(entry)
        PyErr_Clear()
    }
}
