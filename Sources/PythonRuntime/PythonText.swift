import CPython

/// Python objects as this module uses them.
typealias Object = UnsafeMutablePointer<PyObject>

/// Text of a Python `str`; what is no valid text is escaped. Called with the GIL.
func text(_ object: Object?) -> String? {
    guard let object, let encoded = PyUnicode_AsEncodedString(object, "utf-8", "backslashreplace") else {
        PyErr_Clear()
        return nil
    }
    defer { Py_DecRef(encoded) }
    var bytes: UnsafeMutablePointer<CChar>?
    var size = 0
    guard PyBytes_AsStringAndSize(encoded, &bytes, &size) == 0, let bytes else { return nil }
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: size), as: UTF8.self)
}

/// Text of an attribute; `nil` where there is none or it is no text. Called with the GIL.
func text(_ object: Object, attribute: String) -> String? {
    guard let value = PyObject_GetAttrString(object, attribute) else {
        PyErr_Clear()
        return nil
    }
    defer { Py_DecRef(value) }
    return text(value)
}

/// A whole number that is an attribute. Called with the GIL.
func number(_ object: Object, attribute: String) -> Int? {
    guard let value = PyObject_GetAttrString(object, attribute) else {
        PyErr_Clear()
        return nil
    }
    defer { Py_DecRef(value) }
    return PyLong_AsLong(value)
}
