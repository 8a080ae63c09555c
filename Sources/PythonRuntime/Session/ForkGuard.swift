import Glibc

/// Sees to it that a forked child leaves its parent's log alone.
enum ForkGuard {
    nonisolated(unsafe) private static var isInstalled = false
    /// How often this process has forked since the session that goes on began.
    nonisolated(unsafe) fileprivate(set) static var forks = 0

    /// A handler cannot be taken back, so there is one for all sessions. Called with the GIL.
    static func install() {
        forks = 0
        guard !isInstalled else { return }
        isInstalled = pthread_atfork(nil, countFork, abandonInChild) == 0
    }
}

private func countFork() { ForkGuard.forks += 1 }

private func abandonInChild() { Session.abandon() }
