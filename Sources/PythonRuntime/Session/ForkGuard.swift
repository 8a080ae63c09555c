import Glibc

/// Sees to it that a forked child leaves its parent's log alone.
enum ForkGuard {
    nonisolated(unsafe) private static var isInstalled = false

    /// A handler cannot be taken back, so there is one for all sessions. Called with the GIL.
    static func install() {
        guard !isInstalled else { return }
        isInstalled = pthread_atfork(nil, nil, abandonInChild) == 0
    }
}

private func abandonInChild() { Session.abandon() }
