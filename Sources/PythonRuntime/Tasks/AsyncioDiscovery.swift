import CPython

/// Finds out where asyncio keeps the running task, as soon as the program has imported it.
///
/// No header tells that, so the interpreter is asked: a task without a coroutine, which nobody else sees, is made the current
/// one for a moment by the module's own functions, and looked for where it can be. Then it must be read as any other will be.
/// Used with the GIL only; no Python code runs.
enum AsyncioDiscovery {
    nonisolated(unsafe) private static var isSettled = false
    nonisolated(unsafe) private static var trials = 0
    /// While asyncio is being imported it may not have all yet; a trial that fails again and again is of another asyncio.
    private static let mostTrials = 100

    /// Looks for asyncio now, or when the program imports it: what it imports next comes before its first task.
    static func begin() {
        AuditWatch.shared.end()
        settle()
        if !isSettled { AuditWatch.shared.begin("import", settle) }
    }

    static func end() { AuditWatch.shared.end() }

    private static func settle() {
        if !isSettled { isSettled = find() }
    }

    /// Whether nothing is left to find.
    private static func find() -> Bool {
        guard let module = PyDict_GetItemString(PyImport_GetModuleDict(), "_asyncio"),
            let walk = FrameWalk.ofRunningInterpreter(), let state = PyThreadState_Get()
        else { return false }
        let collects = PyGC_Disable()
        defer {
            if collects != 0 { PyGC_Enable() }
            PyErr_Clear()
        }
        guard let functions = AsyncioFunctions(of: module) else { return false }
        trials += 1
        guard let trial = AsyncioTrial(functions), let layout = trial.layout(seenFrom: UInt(bitPattern: state)),
            trial.isRead(by: walk, layout, UInt(bitPattern: state))
        else { return trials >= mostTrials }
        AsyncioPlace.shared.publish(layout)
        return true
    }
}
