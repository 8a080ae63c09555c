import CMachine
import Glibc

/// Where a thread of our own waits for the run to begin, and the one that begins it waits for that thread.
public final class StartGate: @unchecked Sendable {
    // Written before a semaphore is posted and read after it was waited for.
    private let arrival = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private let opening = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private var start: Int64?

    public init() {
        sem_init(arrival, 0, 0)
        sem_init(opening, 0, 0)
    }

    /// Waits until the other thread has come to `awaitStart`.
    public func awaitArrival() { Self.wait(for: arrival) }

    /// - Parameter start: when the run begins, in nanoseconds on the monotonic clock.
    public func open(at start: Int64) {
        self.start = start
        sem_post(opening)
    }

    /// When the run begins. Waits for that the first time.
    public func awaitStart() -> Int64 {
        if let start { return start }
        sem_post(arrival)
        Self.wait(for: opening)
        return start ?? 0
    }

    private static func wait(for semaphore: UnsafeMutablePointer<sem_t>) {
        while sem_wait(semaphore) != 0, machine_errno() == EINTR {}
    }
}
