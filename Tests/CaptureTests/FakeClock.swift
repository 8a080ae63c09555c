import Capture
import Synchronization

/// A clock that stands still until it is waited on or moved.
final class FakeClock: WaitingClock {
    private let time: Mutex<Int64>

    init(_ start: Int64 = 0) { time = Mutex(start) }

    func now() -> Int64 { time.withLock { $0 } }
    func wait(until instant: Int64) { time.withLock { $0 = max($0, instant) } }
    func pass(_ nanoseconds: Int64) { time.withLock { $0 += nanoseconds } }
}
