import CPython
import PythonRuntime

/// What loading an extension leaves behind where Python looks up the codec of its name, as 3.11 does in development mode.
enum NameCodec {
    /// Makes `encodings.ascii` one that nobody has imported, where importing us has: then it was the last module to come.
    static func forget() {
        guard PythonVersion.running?.looksUpCodecOfNames == true, isDevelopmentMode,
            let modules = PyImport_GetModuleDict(), isLast(in: modules),
            let encodings = PyDict_GetItemString(modules, "encodings")
        else { return PyErr_Clear() }
        PyDict_DelItemString(modules, "encodings.ascii")
        PyObject_SetAttrString(encodings, "ascii", nil)
        if let found = PyObject_GetAttrString(encodings, "_cache") {
            PyDict_DelItemString(found, "ascii")
            Py_DecRef(found)
        }
        forgetCodecs(encodings)
        PyErr_Clear()
    }

    private static var isDevelopmentMode: Bool {
        guard let flags = PySys_GetObject("flags"), let mode = PyObject_GetAttrString(flags, "dev_mode") else {
            return false
        }
        defer { Py_DecRef(mode) }
        return PyObject_IsTrue(mode) == 1
    }

    private static func isLast(in modules: UnsafeMutablePointer<PyObject>) -> Bool {
        guard let names = PyDict_Keys(modules) else { return false }
        defer { Py_DecRef(names) }
        guard let last = PyList_GetItem(names, PyList_Size(names) - 1) else { return false }
        return PyUnicode_AsUTF8AndSize(last, nil).map { String(cString: $0) } == "encodings.ascii"
    }

    /// Taking away who finds codecs is what makes the interpreter forget those that were found.
    private static func forgetCodecs(_ encodings: UnsafeMutablePointer<PyObject>) {
        guard let search = PyObject_GetAttrString(encodings, "search_function") else { return }
        PyCodec_Unregister(search)
        PyCodec_Register(search)
        Py_DecRef(search)
    }
}
