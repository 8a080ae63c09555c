@preconcurrency import CPython

// The Swift sieve for Python: a plain function for `ctypes`, and the module `swift_sieve`, whose functions take and
// return Python's own objects.

private typealias Object = UnsafeMutablePointer<PyObject>

/// The number of primes below `n`.
@c(swift_sieve_count)
public func countForCTypes(_ n: Int) -> Int { eratosthenesByFlags(n).count }

/// The seconds that the sieve takes by itself, with nothing of Python.
@c(swift_sieve_seconds)
public func secondsForCTypes(_ n: Int, _ passes: Int) -> Double {
    var count = 0
    let time = ContinuousClock().measure {
        for _ in 0..<passes { count &+= eratosthenesByFlags(n).count }
    }
    return count < 0 ? 0 : time / .seconds(passes)
}

@c(PyInit_swift_sieve)
public func initModule() -> UnsafeMutablePointer<PyObject>? {
    // A definition lives as long as the interpreter.
    let methods = UnsafeMutablePointer<PyMethodDef>.allocate(capacity: 4)
    methods[0] = method("count", count, "count(n): the number of primes below n.")
    methods[1] = method("primes", primes, "primes(n): a list of the primes below n.")
    methods[2] = method(
        "eratosthenes", sieve, "eratosthenes(n): a tuple of the number of primes below n and the set of the others.")
    methods[3] = PyMethodDef()
    let definition = UnsafeMutablePointer<PyModuleDef>.allocate(capacity: 1)
    definition.initialize(to: PyModuleDef())
    definition.pointee.m_base.ob_base.ob_refcnt = 1
    definition.pointee.m_name = permanent("swift_sieve")
    definition.pointee.m_size = -1
    definition.pointee.m_methods = methods
    return PyModule_Create2(definition, PYTHON_ABI_VERSION)
}

private func method(_ name: StaticString, _ function: PyCFunction, _ text: StaticString) -> PyMethodDef {
    PyMethodDef(ml_name: permanent(name), ml_meth: function, ml_flags: METH_O, ml_doc: permanent(text))
}

private func permanent(_ text: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

private func count(_: Object?, _ argument: Object?) -> Object? {
    size(argument).flatMap { PyLong_FromLong(eratosthenesByFlags($0).count) }
}

private func primes(_: Object?, _ argument: Object?) -> Object? {
    guard let n = size(argument) else { return nil }
    let (count, isNonPrime) = eratosthenesByFlags(n)
    guard let list = PyList_New(count) else { return nil }
    var place = 0
    for i in 2..<isNonPrime.count where isNonPrime[i] == 0 {
        // The list takes the number over, also where there is none for want of memory.
        guard let number = PyLong_FromLong(i), PyList_SetItem(list, place, number) == 0 else {
            Py_DecRef(list)
            return nil
        }
        place += 1
    }
    return list
}

private func sieve(_: Object?, _ argument: Object?) -> Object? {
    guard let n = size(argument), let set = PySet_New(nil) else { return nil }
    let (count, isNonPrime) = eratosthenesByFlags(n)
    for i in 2..<isNonPrime.count where isNonPrime[i] != 0 {
        let number = PyLong_FromLong(i)
        // The set has a reference of its own.
        defer { Py_DecRef(number) }
        guard number != nil, PySet_Add(set, number) == 0 else {
            Py_DecRef(set)
            return nil
        }
    }
    guard let number = PyLong_FromLong(count), let tuple = PyTuple_New(2) else { return nil }
    PyTuple_SetItem(tuple, 0, number)
    PyTuple_SetItem(tuple, 1, set)
    return tuple
}

/// A size from 0 to 2³¹; `nil`, and an exception is set, for anything else.
private func size(_ argument: Object?) -> Int? {
    let n = PyLong_AsLong(argument)
    if n == -1, PyErr_Occurred() != nil { return nil }
    guard 0...(1 << 31) ~= n else {
        PyErr_SetString(PyExc_ValueError, "n must be from 0 to 2**31")
        return nil
    }
    return n
}
