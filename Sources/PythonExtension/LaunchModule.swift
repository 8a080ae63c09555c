import CPython
import Glibc
import PythonRuntime

/// The extension under the name `sitecustomize`: Python imports it as it starts, where `swprof run` put
/// its folder first on the path.
///
/// It arms the profiler, takes every trace of itself out of the program's sight and hands over to the
/// `sitecustomize` that would have been imported without it. It does so in this language because
/// reading and compiling Python would be most of what launching costs.
@_cdecl("PyInit_sitecustomize")
public func initLaunchModule() -> UnsafeMutablePointer<PyObject>? {
    let slots = UnsafeMutablePointer<PyModuleDef_Slot>.allocate(capacity: 4)
    slots[0] = PyModuleDef_Slot(
        slot: Py_mod_create, value: unsafeBitCast(createLaunchModule as LaunchSlot, to: UnsafeMutableRawPointer.self))
    slots[1] = PyModuleDef_Slot(
        slot: Py_mod_exec, value: unsafeBitCast(restoreSpec as ExecSlot, to: UnsafeMutableRawPointer.self))
    slots[2] = PythonVersion.running?.asksModulesForInterpreters == false ? PyModuleDef_Slot() : anyInterpreter
    slots[3] = PyModuleDef_Slot()
    let definition = moduleDefinition("sitecustomize", size: 0)
    definition.pointee.m_slots = slots
    return PyModuleDef_Init(definition)
}

/// Py_mod_multiple_interpreters with Py_MOD_PER_INTERPRETER_GIL_SUPPORTED, which 3.12 brought: a subinterpreter
/// that we refused would say so.
private var anyInterpreter: PyModuleDef_Slot {
    PyModuleDef_Slot(slot: 3, value: UnsafeMutableRawPointer(bitPattern: 2))
}

private typealias LaunchSlot =
    @convention(c) (UnsafeMutablePointer<PyObject>?, UnsafeMutablePointer<PyModuleDef>?) -> UnsafeMutablePointer<
        PyObject
    >?
private typealias ExecSlot = @convention(c) (UnsafeMutablePointer<PyObject>?) -> Int32

/// The module that was handed over to, and its own `__spec__`, which importing us under its name overwrites.
nonisolated(unsafe) private var handedOver:
    (module: UnsafeMutablePointer<PyObject>, spec: UnsafeMutablePointer<PyObject>?)?

/// Where we were imported from the first time: subinterpreters, which import us again, are not profiled.
nonisolated(unsafe) private var launchedFrom: String?

/// Arms the profiler; the module is the one that was handed over to, or an empty one that goes before the program starts.
private func createLaunchModule(_ spec: UnsafeMutablePointer<PyObject>?, _: UnsafeMutablePointer<PyModuleDef>?)
    -> UnsafeMutablePointer<PyObject>?
{
    if let launchedFrom {
        // A subinterpreter, which gets what it would get without us.
        Session.noteSubinterpreter()
        LaunchEnvironment.removeFromPath(launchedFrom)
        return PyImport_ImportModule("sitecustomize")
    }
    launch(LaunchRequest())
    let imported = importHandedOver()
    Latch.close()
    guard let module = imported else {
        guard PyErr_Occurred() == nil else { return nil }
        Latch.forgetModule("sitecustomize")
        return PyModule_New("sitecustomize")
    }
    handedOver = (module, PyObject_GetAttrString(module, "__spec__"))
    return module
}

private func launch(_ request: LaunchRequest) {
    launchedFrom = request.folder
    LaunchEnvironment.hide(folder: request.folder)
    // How `swprof` knows that it was we who were imported.
    unlink(request.folder + "/sitecustomize.py")
    if let parent = request.settings.parent { return armChild(request, of: parent) }
    do throws(SessionError) {
        if let error = request.error { throw error }
        try arm(request.settings, onFailure: endForFailure)
    } catch {
        endForFailure(error, request.settings)
    }
}

private func arm(
    _ settings: SessionSettings, onFailure: @escaping (SessionError, SessionSettings) -> Void
) throws(SessionError) {
    try WrittenLaunch.load(settings)
    try Latch.arm(settings, onFailure: onFailure)
    try ExitStop.begin()
}

/// A child that cannot be profiled runs all the same, and its parent's log tells of it.
private func armChild(_ request: LaunchRequest, of parent: Int32) {
    guard request.error == nil, let settings = request.settings.ofChild(of: parent) else { return }
    do throws(SessionError) { try arm(settings) { _, _ in } } catch { return }
}

/// `nil`, without an error, where there is no other `sitecustomize`; with one where that fails.
private func importHandedOver() -> UnsafeMutablePointer<PyObject>? {
    let module = PyImport_ImportModule("sitecustomize")
    if module == nil, PyErr_ExceptionMatches(swprof_module_not_found_error()) != 0 { PyErr_Clear() }
    return module
}

private func restoreSpec(_ module: UnsafeMutablePointer<PyObject>?) -> Int32 {
    guard let handedOver, handedOver.module == module, let spec = handedOver.spec else { return 0 }
    return PyObject_SetAttrString(module, "__spec__", spec)
}
