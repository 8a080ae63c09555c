import Glibc

/// A signal that a program sends to itself.
public enum OwnSignal {
    /// Ends by a signal, as another process did. Returns where that is not possible.
    public static func die(of signal: Int32) {
        // The other's core is of interest, ours is not.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        Glibc.signal(signal, SIG_DFL)
        raise(signal)
    }

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
