import Dispatch
import Glibc
import Running
import Synchronization

/// Watches a program that `run` waits for, on a thread of its own, from when its capture log has a place until `end`.
final class LiveThread: Sendable {
    private let settings: LiveSettings
    private let isEnding = Mutex(false)
    private let running = DispatchGroup()

    init(_ settings: LiveSettings) { self.settings = settings }

    /// Opens the screen and begins.
    func begin(_ log: String) {
        DispatchQueue.global().async(group: running) { [self] in
            let watching = LiveWatching(settings)
            while !isEnding.withLock({ $0 }), watching.step(log) { usleep(Self.pause) }
            watching.close()
        }
    }

    private static let pause: UInt32 = 10_000

    /// Gives the terminal back.
    func end() {
        isEnding.withLock { $0 = true }
        running.wait()
    }
}
