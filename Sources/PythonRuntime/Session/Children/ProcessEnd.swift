import CPython

/// Ends the session of a process that ends by `os._exit`, as forked workers do: what such a one did last counts, too.
enum ProcessEnd {
    // Used with the GIL only.
    nonisolated(unsafe) fileprivate static var exit: InterpreterFunction?

    /// Done once for all sessions: without one, the function does what it does.
    static func begin() {
        if exit == nil { exit = InterpreterFunction("_exit", of: "posix", array: onExit) }
    }
}

private func onExit(_ owner: Object?, _ arguments: UnsafePointer<Object?>?, _ count: Int, _ names: Object?) -> Object? {
    if count == 1 { Session.stop() }
    return ProcessEnd.exit?(owner, arguments, count, names)
}
