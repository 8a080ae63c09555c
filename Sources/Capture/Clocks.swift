import CMachine
import Glibc

/// Readings of the kernel's clocks, in nanoseconds.
public enum KernelClock {
    /// Nanoseconds on the monotonic clock.
    public static func now() -> Int64 { read(CLOCK_MONOTONIC) ?? 0 }

    /// CPU time of the calling thread.
    public static func ownCPU() -> Int64 { read(CLOCK_THREAD_CPUTIME_ID) ?? 0 }

    /// CPU time of the process: of all its threads, those that have ended included.
    public static func processCPU() -> Int64 { read(CLOCK_PROCESS_CPUTIME_ID) ?? 0 }

    /// CPU time of another process. What its running threads used since the last tick of the kernel is not in it.
    public static func cpu(ofProcess process: pid_t) -> Int64? { read(machine_process_cpu_clock(process)) }

    /// CPU time of any thread of this process; `nil` where there is no such thread.
    public static func cpu(ofThread thread: Int32) -> Int64? { read(machine_thread_cpu_clock(thread)) }

    private static func read(_ clock: clockid_t) -> Int64? {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return nil }
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

/// One reading of the processor's clock beside the monotonic one, to turn cycles into nanoseconds later.
public struct ClockPair: Sendable, Equatable {
    public var ticks: UInt64
    public var nanoseconds: Int64

    public init(ticks: UInt64, nanoseconds: Int64) {
        self.ticks = ticks
        self.nanoseconds = nanoseconds
    }

    public static func now(_ source: TickSource) -> ClockPair {
        ClockPair(ticks: source.read(), nanoseconds: KernelClock.now())
    }
}

/// What a tracer times its events with. What a tick is in nanoseconds is left to the log's reader.
@frozen
public enum TickSource: UInt64, Sendable {
    /// The processor's cycle counter: 10 ns a reading.
    case cycles
    /// The kernel's monotonic clock, where the counter stops or drifts.
    case monotonic
    /// The CPU time of the calling thread: a system call a reading.
    case threadCPU

    @inlinable @inline(__always)
    public func read() -> UInt64 { self == .cycles ? machine_cycles() : readKernel() }

    @inline(never) @usableFromInline
    func readKernel() -> UInt64 {
        UInt64(bitPattern: self == .threadCPU ? KernelClock.ownCPU() : KernelClock.now())
    }

    /// The cheapest wall clock that this processor makes trustworthy.
    public static let wall: TickSource = cycleCounterIsSteady ? .cycles : .monotonic

    /// Linux itself times by the counter only where it found it steady and equal on all processors.
    private static var cycleCounterIsSteady: Bool {
        #if arch(arm64)
            return true
        #else
            guard let file = fopen("/sys/devices/system/clocksource/clocksource0/current_clocksource", "r") else {
                return false
            }
            defer { fclose(file) }
            var name = [CChar](repeating: 0, count: 16)
            guard fgets(&name, 16, file) != nil else { return false }
            return name.starts(with: "tsc".utf8.map { CChar($0) })
        #endif
    }
}
