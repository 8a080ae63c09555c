import Glibc

/// A signal that a program sends to itself.
enum OwnSignal {
    /// Does what the signal does before it returns, whatever thread this is: those of a pool block signals, and the main
    /// one, which else would have it, may still be in the handler of the signal before.
    static func raise(_ signal: Int32) {
        var only = sigset_t()
        var before = sigset_t()
        sigemptyset(&only)
        sigaddset(&only, signal)
        pthread_sigmask(SIG_UNBLOCK, &only, &before)
        Glibc.raise(signal)
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
