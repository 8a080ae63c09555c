import CPython
import Capture
import Glibc

/// Ends a call of Python code that lasts, on the thread that makes it: by an exception that is raised there. Used with the GIL.
///
/// A call that waits in C is not ended before it comes back to Python.
final class CallLimit {
    static let seconds = 3

    private let stop = StopSignal()
    private let thread: BackgroundThread?
    private let interruption: Interruption

    init(_ exception: Object?) {
        let interruption = Interruption(exception)
        self.interruption = interruption
        let stop = stop
        thread = BackgroundThread(until: stop) {
            stop.wait(until: KernelClock.now() + Int64(Self.seconds) * 1_000_000_000)
            if !stop.isRaised { interruption.raise() }
        }
    }

    /// The call has returned; whether it was ended.
    func end() -> Bool {
        let saved = PyEval_SaveThread()
        thread?.stopAndWait()
        PyEval_RestoreThread(saved)
        return interruption.takeBack()
    }
}

/// An exception that is raised in a thread of Python's from another one.
final class Interruption: @unchecked Sendable {
    // Used with the GIL only.
    private let exception: Object?
    private let thread = PyThread_get_thread_ident()
    private var isRaised = false

    /// Of the calling thread.
    init(_ exception: Object?) { self.exception = exception }

    /// Called without the GIL.
    func raise() {
        let state = PyGILState_Ensure()
        isRaised = true
        PyThreadState_SetAsyncExc(thread, exception)
        PyGILState_Release(state)
    }

    /// Whether it was raised. One that has not arrived yet never will.
    func takeBack() -> Bool {
        if isRaised { PyThreadState_SetAsyncExc(thread, nil) }
        return isRaised
    }
}
