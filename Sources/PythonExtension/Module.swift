import CPython
import Glibc
import PythonRuntime

/// The module `_swprof`: `start` and `stop`, and for another process `dump`, which looks at it once, `leave` and `withdraw`.
@_cdecl("PyInit__swprof")
public func initModule() -> UnsafeMutablePointer<PyObject>? {
    let methods = UnsafeMutablePointer<PyMethodDef>.allocate(capacity: 6)
    methods[0] = method("start", METH_O, start, "start(settings): start profiling now.")
    methods[1] = method(
        "stop", METH_NOARGS, stop, "stop(): end profiling and close the capture log; False where none goes on.")
    methods[2] = method("dump", METH_O, dump, "dump(settings): write one stack of each thread of another process.")
    methods[3] = method("leave", METH_O, leave, "leave(settings): leave a script for another process to run.")
    methods[4] = method("withdraw", METH_O, withdraw, "withdraw(settings): take it back where it has not been run.")
    methods[5] = PyMethodDef()
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

private func leave(_: UnsafeMutablePointer<PyObject>?, _ argument: UnsafeMutablePointer<PyObject>?)
    -> UnsafeMutablePointer<PyObject>?
{
    answering { () throws(SessionError) in try RemoteScript(try settings(argument)).leave() }
}

private func withdraw(_: UnsafeMutablePointer<PyObject>?, _ argument: UnsafeMutablePointer<PyObject>?)
    -> UnsafeMutablePointer<PyObject>?
{
    answering { () throws(SessionError) in try RemoteScript(try settings(argument)).withdraw() }
}

private func stop(_: UnsafeMutablePointer<PyObject>?, _: UnsafeMutablePointer<PyObject>?) -> UnsafeMutablePointer<
    PyObject
>? {
    PyBool_FromLong(Session.stop() ? 1 : 0)
}
