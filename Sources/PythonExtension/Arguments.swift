import CPython
import Glibc
import PythonRuntime

/// `None`, or an exception with the error's one line.
func answering(_ body: () throws(SessionError) -> Void) -> UnsafeMutablePointer<PyObject>? {
    do {
        try body()
        return swprof_none()
    } catch {
        PyErr_SetString(swprof_runtime_error(), error.line)
        return nil
    }
}

/// The settings in a dictionary of text. What is no text counts as empty, and is refused with its key; but for `written`, the object
/// of a design that is written in Python.
func settings(_ dictionary: UnsafeMutablePointer<PyObject>?) throws(SessionError) -> SessionSettings {
    var settings = SessionSettings()
    var position = 0
    var key: UnsafeMutablePointer<PyObject>?
    var value: UnsafeMutablePointer<PyObject>?
    while PyDict_Next(dictionary, &position, &key, &value) != 0 {
        let name = utf8(key)
        if name == "written" { WrittenObject.offer(value) } else { try settings.take(name, utf8(value)) }
    }
    return settings
}

private func utf8(_ object: UnsafeMutablePointer<PyObject>?) -> String {
    guard let text = PyUnicode_AsUTF8AndSize(object, nil) else {
        PyErr_Clear()
        return ""
    }
    return String(cString: text)
}

/// Where the program cannot be profiled as asked it does not run at all: a profile was wanted.
///
/// Leaves the reason where `swprof` looks for it: the terminal is the program's.
func endForFailure(_ error: SessionError, _ settings: SessionSettings) {
    if let file = fopen(settings.refusal, "w") {
        fputs(error.line, file)
        fclose(file)
    }
    _exit(3)
}
