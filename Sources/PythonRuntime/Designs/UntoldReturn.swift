import CPython
import Glibc

/// The return of the call by which a program sets its profile function. Without us it is no event, for there is no profile
/// function at that call; so the program's own is not told of it. Used with the GIL only.
enum UntoldReturn {
    nonisolated(unsafe) private static var isAwaited = false

    /// Events are off until the interpreter comes to its pending calls, which on the main thread is just behind that return.
    ///
    /// - Returns: whether that can be.
    @discardableResult
    static func skip(in state: OpaquePointer?) -> Bool {
        guard !isAwaited, getpid() == gettid(), Py_AddPendingCall(onUntoldReturn, nil) == 0 else { return false }
        isAwaited = true
        PyThreadState_EnterTracing(state)
        return true
    }

    fileprivate static func end() {
        guard isAwaited else { return }
        isAwaited = false
        PyThreadState_LeaveTracing(PyThreadState_Get())
    }
}

private func onUntoldReturn(_: UnsafeMutableRawPointer?) -> Int32 {
    UntoldReturn.end()
    return 0
}
