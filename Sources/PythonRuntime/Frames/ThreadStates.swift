import CPython

/// Calls `body` with the thread states of an interpreter that are wanted, the newest first. Called with the GIL.
///
/// The list may change whenever the GIL is given up, as Python code does. So it is read in one go, no Python code runs while
/// `body` is called, be it a finalizer's or an audit hook's, and a state that is gone all the same is left out.
func forEachThreadState(
    of interpreter: OpaquePointer?, where isWanted: (UInt64) -> Bool = { _ in true }, _ body: (OpaquePointer) -> Void
) {
    let wanted = threadStates(of: interpreter).filter { isWanted($0.id) }
    if wanted.isEmpty { return }
    let collects = PyGC_Disable()
    defer { if collects != 0 { PyGC_Enable() } }
    ProgramsAuditHooks.hidden {
        for (state, id) in wanted where isThere(state, id, in: interpreter) { body(state) }
    }
}

private func threadStates(of interpreter: OpaquePointer?) -> [(state: OpaquePointer, id: UInt64)] {
    var states: [(state: OpaquePointer, id: UInt64)] = []
    var at = PyInterpreterState_ThreadHead(interpreter)
    while let state = at {
        if isMade(state) { states.append((state, PyThreadState_GetID(state))) }
        at = PyThreadState_Next(state)
    }
    return states
}

/// In 3.11 a state is in the list before all of it is made, which native code does without the GIL: its `cframe` comes late.
private func isMade(_ state: OpaquePointer) -> Bool {
    Py_Version >> 16 != 0x030b || load(UInt(bitPattern: state) &+ UInt(cframeOffset)) != 0
}

private let cframeOffset = 56

/// Another thread may have come to the place of one that is gone.
private func isThere(_ state: OpaquePointer, _ id: UInt64, in interpreter: OpaquePointer?) -> Bool {
    var at = PyInterpreterState_ThreadHead(interpreter)
    while let present = at, present != state { at = PyThreadState_Next(present) }
    return at != nil && PyThreadState_GetID(state) == id
}
