import CPython
import PythonRuntime

/// Loads a design that is written in Python into the program that it is to profile, before the program begins.
enum WrittenLaunch {
    /// Does nothing for swprof's own. The package `swprof` is there meanwhile, and gone afterwards.
    static func load(_ settings: SessionSettings) throws(SessionError) {
        guard let name = settings.nameOfWritten else { return }
        let folder = PyUnicode_DecodeFSDefault(settings.library)
        PyList_Insert(PySys_GetObject("path"), 0, folder)
        Py_DecRef(folder)
        defer { LaunchEnvironment.removeFromPath(settings.library) }
        guard let loaded = call(name, settings.file) else {
            PyErr_Clear()
            throw SessionError("the Python package swprof in \(settings.library) cannot be used; install it again")
        }
        defer { Py_DecRef(loaded) }
        if let problem = PyUnicode_AsUTF8AndSize(loaded, nil) { throw SessionError(String(cString: problem)) }
        PyErr_Clear()
        WrittenObject.offer(loaded)
    }

    private static func call(_ name: String, _ file: String) -> UnsafeMutablePointer<PyObject>? {
        guard let module = PyImport_ImportModule("swprof.written_files"),
            let function = PyObject_GetAttrString(module, "loaded_for_launch"), let arguments = PyTuple_New(2)
        else { return nil }
        PyTuple_SetItem(arguments, 0, PyUnicode_FromString(name))
        PyTuple_SetItem(arguments, 1, PyUnicode_DecodeFSDefault(file))
        let result = PyObject_CallObject(function, arguments)
        for object in [module, function, arguments] { Py_DecRef(object) }
        return result
    }
}
