import CPython

/// What this process is called, as far as it knows.
enum ProcessIdentity {
    /// What is known of a child as it begins.
    struct Beginning: Sendable {
        /// Whether it is a fork, and so runs on where its parent was.
        var isForked = false
        var name: String?
        /// What a fork still is called until it hears of a name of its own.
        var parentsName: String?
        /// Of another process that is looked at: what it was started with, as `ProcessIdentity.words`.
        var words: String?
    }

    /// Called in a forked child with the GIL, before any Python runs.
    static var ofFork: Beginning {
        Beginning(isForked: true, name: nameBeforeStart, parentsName: nameInMultiprocessing)
    }

    /// The words that the interpreter was started with, with control characters between them. Called with the GIL.
    static var words: String? {
        guard let list = PySys_GetObject("orig_argv") else { return nil }
        var words = ""
        for at in 0..<max(0, PyList_Size(list)) {
            if at > 0 { words += "\u{1f}" }
            words += text(PyList_GetItem(list, at)) ?? ""
        }
        return words
    }

    /// The name that multiprocessing gave this process, once it has told it; no Python code runs. Called with the GIL.
    static var nameInMultiprocessing: String? {
        guard let module = PyDict_GetItemString(PyImport_GetModuleDict(), "multiprocessing.process"),
            let process = PyObject_GetAttrString(module, "_current_process")
        else {
            PyErr_Clear()
            return nil
        }
        defer { Py_DecRef(process) }
        return PythonRuntime.text(process, attribute: "_name").flatMap { $0 == "MainProcess" ? nil : $0 }
    }

    /// The name that multiprocessing is about to give a process that it has just forked: of the object that it
    /// starts. Called in the child with the GIL, before any Python runs.
    private static var nameBeforeStart: String? {
        guard let frame = PyEval_GetFrame(), let code = PyFrame_GetCode(frame) else { return nil }
        let object = UnsafeMutableRawPointer(code).assumingMemoryBound(to: PyObject.self)
        defer { Py_DecRef(object) }
        guard PythonRuntime.text(object, attribute: "co_name") == "_launch",
            PythonRuntime.text(object, attribute: "co_filename")?.hasSuffix("/multiprocessing/popen_fork.py") == true,
            let locals = PyFrame_GetLocals(frame)
        else { return nil }
        defer { Py_DecRef(locals) }
        guard let process = PyMapping_GetItemString(locals, "process_obj") else {
            PyErr_Clear()
            return nil
        }
        defer { Py_DecRef(process) }
        return PythonRuntime.text(process, attribute: "_name")
    }
}
