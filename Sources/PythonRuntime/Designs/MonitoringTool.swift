import CPython
import Glibc

/// A place among the tools that `sys.monitoring` (PEP 669) tells of events. Used with the GIL only.
struct MonitoringTool {
    /// As callables of C get their arguments.
    typealias Callback = @convention(c) (Object?, UnsafePointer<Object?>?, Int) -> Object?

    private let monitoring: Object
    private let number: Int

    /// The last first: programs take the first that are free. PEP 669 keeps the fifth for optimizers, of which there are none,
    /// leaves the next two to nobody in particular, and means one for profilers.
    private static let numbers = [5, 4, 3, 2]

    /// Of the callbacks, as an error in the program would show it. It lives as long as they do.
    nonisolated(unsafe) private static let name = UnsafePointer(strdup("swprof"))

    /// Takes a free place.
    static func take() throws(SessionError) -> MonitoringTool {
        guard let monitoring = PySys_GetObject("monitoring") else {
            throw SessionError(
                "this Python \(PythonVersion.text) has no sys.monitoring; use the design evalframe or setprofile")
        }
        let name = PyUnicode_FromString("swprof")
        defer { Py_DecRef(name) }
        for number in numbers {
            let tool = MonitoringTool(monitoring: monitoring, number: number)
            if tool.call("use_tool_id", name) { return tool }
        }
        throw SessionError("the tools 2 to 5 of sys.monitoring are taken; use the design evalframe or setprofile")
    }

    /// Has `callback` called at each of these events, from `set` on. Names are those of `sys.monitoring.events`.
    ///
    /// - Returns: whether no audit hook refused it.
    @discardableResult
    func register(_ callback: @escaping Callback, for events: [String]) -> Bool {
        let definition = UnsafeMutablePointer<PyMethodDef>.allocate(capacity: 1)
        definition.initialize(
            to: PyMethodDef(
                ml_name: Self.name, ml_meth: unsafeBitCast(callback, to: PyCFunction.self), ml_flags: METH_FASTCALL,
                ml_doc: nil))
        let function = PyCFunction_NewEx(definition, nil, nil)
        defer { Py_DecRef(function) }
        return events.allSatisfy { event in
            let mask = PyLong_FromLong(Self.mask(of: event, in: monitoring))
            defer { Py_DecRef(mask) }
            return call("register_callback", mask, function)
        }
    }

    /// Has all code tell of these events and no others.
    func set(_ events: [String]) {
        let mask = PyLong_FromLong(events.reduce(0) { $0 | Self.mask(of: $1, in: monitoring) })
        call("set_events", mask)
        Py_DecRef(mask)
    }

    /// Has one code object tell of these events, beside what all code tells of.
    func set(_ events: [String], of code: Object?) {
        let mask = PyLong_FromLong(events.reduce(0) { $0 | Self.mask(of: $1, in: monitoring) })
        call("set_local_events", code, mask)
        Py_DecRef(mask)
    }

    /// What a callback returns to have an event told no more where it came from; kept for good.
    func disabling() -> Object? { PyObject_GetAttrString(monitoring, "DISABLE") }

    func release(from events: [String]) {
        set([])
        for event in events {
            let mask = PyLong_FromLong(Self.mask(of: event, in: monitoring))
            call("register_callback", mask, swprof_immortal_none())
            Py_DecRef(mask)
        }
        call("free_tool_id")
    }

    private static func mask(of event: String, in monitoring: Object) -> Int {
        guard let events = PyObject_GetAttrString(monitoring, "events") else { return 0 }
        defer { Py_DecRef(events) }
        return PythonRuntime.number(events, attribute: event) ?? 0
    }

    /// A function of `sys.monitoring` for this tool; false where it fails.
    @discardableResult
    private func call(_ name: String, _ arguments: Object?...) -> Bool {
        guard let function = PyObject_GetAttrString(monitoring, name), let all = PyTuple_New(arguments.count + 1) else {
            PyErr_Clear()
            return false
        }
        defer {
            Py_DecRef(function)
            Py_DecRef(all)
        }
        PyTuple_SetItem(all, 0, PyLong_FromLong(number))
        for (at, argument) in arguments.enumerated() {
            Py_IncRef(argument)
            PyTuple_SetItem(all, at + 1, argument)
        }
        let result = ProgramsAuditHooks.hidden { PyObject_CallObject(function, all) }
        if result == nil { PyErr_Clear() }
        defer { Py_DecRef(result) }
        return result != nil
    }
}
