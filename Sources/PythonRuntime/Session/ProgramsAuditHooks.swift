import CPython
import Glibc

/// The program's own audit hooks (PEP 578), which hear of nothing that we do: without us there would be no such event. They may
/// also refuse it, or give up the GIL while we are at work on the interpreter's lists.
///
/// The interpreter keeps hooks that are written in Python in a list, and the list at a place in its state that differs from
/// version to version. So the place is looked for, just before the program adds its first: a hook of ours that does nothing is in
/// that list for a moment. Nothing is hidden from hooks of C. Used with the GIL only.
enum ProgramsAuditHooks {
    private enum Place { case notNeeded, found(UInt), unknown }

    nonisolated(unsafe) private static var place = Place.notNeeded
    /// Whether a hook that is being added is our own.
    nonisolated(unsafe) private static var isAddingOurs = false

    /// An interpreter's state is not larger.
    private static let largestState = 1 << 20

    /// Adds a hook of ours; whether that could be done.
    static func add(
        _ hook: @escaping @convention(c) (UnsafePointer<CChar>?, Object?, UnsafeMutableRawPointer?) -> Int32
    ) -> Bool {
        isAddingOurs = true
        defer { isAddingOurs = false }
        let isAdded = hidden { PySys_AddAuditHook(hook, nil) == 0 }
        if !isAdded { PyErr_Clear() }
        return isAdded
    }

    /// Does what the program's hooks shall not hear of, and in which no Python code runs.
    static func hidden<Result>(_ body: () -> Result) -> Result {
        guard case .found(let place) = place, let list = UnsafeMutablePointer<UInt>(bitPattern: place) else {
            return body()
        }
        let hooks = list.pointee
        list.pointee = 0
        defer { list.pointee = hooks }
        return body()
    }

    /// The program is about to add one, or may have done so before.
    static func learnPlace() {
        guard !isAddingOurs, case .notNeeded = place else { return }
        isAddingOurs = true
        place = find().map { .found($0) } ?? .unknown
        isAddingOurs = false
    }

    private static func find() -> UInt? {
        guard let interpreter = PyInterpreterState_Get(), let probe = probe() else { return nil }
        defer { Py_DecRef(probe) }
        let start = UInt(bitPattern: interpreter)
        let before = words(from: start)
        guard call(PySys_GetObject("addaudithook"), probe) else { return nil }
        let after = words(from: start)
        // A list that has just come, or else one that was there.
        let new = after.indices.first { $0 < before.count && before[$0] == 0 && endsWith(probe, after[$0]) }
        guard let at = new ?? after.indices.first(where: { endsWith(probe, after[$0]) }),
            let list = Object(bitPattern: after[at])
        else { return nil }
        let place = start + UInt(at * 8)
        let others = PyList_Size(list) - 1
        PyList_SetSlice(list, others, others + 1, nil)
        if others == 0 {
            UnsafeMutablePointer<UInt>(bitPattern: place)?.pointee = 0
            Py_DecRef(list)
        }
        return place
    }

    /// A hook that does nothing.
    private static func probe() -> Object? {
        let definition = UnsafeMutablePointer<PyMethodDef>.allocate(capacity: 1)
        definition.initialize(
            to: PyMethodDef(ml_name: name, ml_meth: { _, _ in swprof_none() }, ml_flags: METH_VARARGS, ml_doc: nil))
        return PyCFunction_NewEx(definition, nil, nil)
    }

    nonisolated(unsafe) private static let name = UnsafePointer(strdup("swprof_probe"))

    private static func call(_ function: Object?, _ argument: Object) -> Bool {
        guard let arguments = PyTuple_New(1) else { return false }
        Py_IncRef(argument)
        PyTuple_SetItem(arguments, 0, argument)
        let result = PyObject_CallObject(function, arguments)
        Py_DecRef(arguments)
        if result == nil { PyErr_Clear() }
        Py_DecRef(result)
        return result != nil
    }

    /// Whether there is a list at an address whose last item is that object.
    private static func endsWith(_ object: Object, _ address: UInt) -> Bool {
        guard address & 7 == 0, address > 1 << 16,
            GuardedMemory().word(at: address &+ 8) == UInt(bitPattern: swprof_list_type()),
            let list = Object(bitPattern: address)
        else { return false }
        let count = PyList_Size(list)
        return count > 0 && PyList_GetItem(list, count - 1) == object
    }

    /// What can be read, word by word.
    private static func words(from start: UInt) -> [UInt] {
        let memory = GuardedMemory()
        let page = 4096
        return [UInt](unsafeUninitializedCapacity: largestState / 8) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            var size = 0
            while size < largestState,
                memory.copy(from: start &+ UInt(size), to: UnsafeMutableRawPointer(base) + size, size: page)
            { size += page }
            count = size / 8
        }
    }
}
