import CPython
import Capture
import Glibc

/// Our threads are gone while the program forks, becomes another, or may be about to end.
///
/// From 3.12 on the interpreter counts a process's threads after it has forked, and warns where there is more than one. It
/// does so behind the last code that the program may have registered for forks. So our threads come back when the
/// function that forked runs on, which a pending call looks out for. A signal of ours that were still on its way when a
/// program becomes another would end that one; who fails to become another runs on in the same way. Used with the GIL only.
enum ForkPause {
    nonisolated(unsafe) private static var threads: [BackgroundThread] = []
    nonisolated(unsafe) private static var isHooked = false
    /// The frame that forks, while our threads are gone. It is not kept.
    nonisolated(unsafe) private static var forking: OpaquePointer?

    static func begin(_ threads: [BackgroundThread]) {
        self.threads = threads
        if !isHooked { isHooked = ProgramsAuditHooks.add(onForkAudit) }
    }

    /// In a forked child, too.
    static func end() {
        threads = []
        forking = nil
    }

    /// - Parameter event: the interpreter's word for what is about to be done.
    fileprivate static func note(_ event: UnsafePointer<CChar>) {
        // Another thread that forks is reason enough for the warning. All that begin so fork: os.fork and os.forkpty.
        let forks =
            strncmp(event, "os.fork", 7) == 0 && PythonVersion.running?.warnsOfThreadsAtForks != false
            && getpid() == gettid()
        if forks || strcmp(event, "os.exec") == 0 { untilRunningOn() }
    }

    /// Stops our threads until the function that runs now runs on.
    static func untilRunningOn() {
        guard !threads.isEmpty, let frame = PyEval_GetFrame(), Py_AddPendingCall(onPendingResumption, nil) == 0 else {
            return
        }
        forking = frame
        let saved = PyEval_SaveThread()
        for thread in threads { thread.pause() }
        PyEval_RestoreThread(saved)
    }

    fileprivate static func resume() {
        guard let frame = forking else { return }
        if isBeneath(frame), Py_AddPendingCall(onPendingResumption, nil) == 0 { return }
        forking = nil
        for thread in threads { thread.resume() }
    }

    /// Whether the frame that runs was called by that one, be it through others.
    private static func isBeneath(_ frame: OpaquePointer) -> Bool {
        guard let running = PyEval_GetFrame(), running != frame else { return false }
        var at = PyFrame_GetBack(running)
        while let caller = at {
            at = caller == frame ? nil : PyFrame_GetBack(caller)
            Py_DecRef(UnsafeMutableRawPointer(caller).assumingMemoryBound(to: PyObject.self))
            if caller == frame { return true }
        }
        return false
    }
}

private func onForkAudit(_ event: UnsafePointer<CChar>?, _ arguments: Object?, _ data: UnsafeMutableRawPointer?)
    -> Int32
{
    // Every audited event of the program comes by.
    if let event { ForkPause.note(event) }
    return 0
}

private func onPendingResumption(_: UnsafeMutableRawPointer?) -> Int32 {
    ForkPause.resume()
    return 0
}
