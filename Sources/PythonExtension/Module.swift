import CPython
import Glibc
import PythonRuntime

/// The module `_swprof`: `start` and `stop`, and `dump`, which looks once at another process.
@_cdecl("PyInit__swprof")
public func initModule() -> UnsafeMutablePointer<PyObject>? {
    let methods = UnsafeMutablePointer<PyMethodDef>.allocate(capacity: 4)
    methods[0] = method("start", METH_O, start, "start(settings): start profiling now.")
    methods[1] = stopMethod()
    methods[2] = method("dump", METH_O, dump, "dump(settings): write one stack of each thread of another process.")
    methods[3] = PyMethodDef()
    let definition = moduleDefinition("_swprof", size: -1)
    definition.pointee.m_doc = permanent("What works inside a profiled program; use the package swprof.")
    definition.pointee.m_methods = methods
    return PyModule_Create2(definition, PYTHON_ABI_VERSION)
}

/// A definition that lives as long as the interpreter, as it must.
func moduleDefinition(_ name: String, size: Int) -> UnsafeMutablePointer<PyModuleDef> {
    let definition = UnsafeMutablePointer<PyModuleDef>.allocate(capacity: 1)
    definition.initialize(to: PyModuleDef())
    definition.pointee.m_base.ob_base.ob_refcnt = 1
    definition.pointee.m_name = permanent(name)
    definition.pointee.m_size = size
    return definition
}

/// `stop` as a Python function.
func stopFunction() -> UnsafeMutablePointer<PyObject>? {
    let definition = UnsafeMutablePointer<PyMethodDef>.allocate(capacity: 1)
    definition.initialize(to: stopMethod())
    return PyCFunction_NewEx(definition, nil, nil)
}

private func stopMethod() -> PyMethodDef {
    method("stop", METH_NOARGS, stop, "stop(): end profiling and close the capture log; False where none goes on.")
}

private func method(_ name: String, _ flags: Int32, _ function: PyCFunction?, _ text: String) -> PyMethodDef {
    PyMethodDef(ml_name: permanent(name), ml_meth: function, ml_flags: flags, ml_doc: permanent(text))
}

/// Text that lives as long as the interpreter, as the definitions of a module must.
private func permanent(_ text: String) -> UnsafePointer<CChar>? { text.withCString { UnsafePointer(strdup($0)) } }

private func start(_: UnsafeMutablePointer<PyObject>?, _ argument: UnsafeMutablePointer<PyObject>?)
    -> UnsafeMutablePointer<PyObject>?
{
    answering { () throws(SessionError) in try Session.start(try settings(argument)) }
}

private func dump(_: UnsafeMutablePointer<PyObject>?, _ argument: UnsafeMutablePointer<PyObject>?)
    -> UnsafeMutablePointer<PyObject>?
{
    answering { () throws(SessionError) in try RemoteDump.write(try settings(argument)) }
}

private func stop(_: UnsafeMutablePointer<PyObject>?, _: UnsafeMutablePointer<PyObject>?) -> UnsafeMutablePointer<
    PyObject
>? {
    PyBool_FromLong(Session.stop() ? 1 : 0)
}
