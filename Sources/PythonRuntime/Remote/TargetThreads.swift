import CMachine
import Capture
import Glibc

/// What the kernel says of the threads of another process: the CPU time of each, and whether it waits.
///
/// Nobody may read the CPU clocks of another process's threads, so it is asked by files of `/proc`. The time of a thread that
/// runs is brought up to date there every few milliseconds only; until then it grows by a nanosecond with each reading, which
/// shows that it runs.
final class TargetThreads {
    /// How a thread stood at one reading.
    struct State: Equatable {
        var times: SchedulerTimes
        /// Whether it runs, or would if others did not have the processors.
        var isRunnable: Bool
        /// The processor that it runs on, waits for or ran on last.
        var processor: Int32
    }

    private struct Files {
        let schedstat: Int32
        let stat: Int32
        /// What was told of its CPU time last.
        var told: Int64 = 0
    }

    private let process: pid_t
    /// Kept open: to open them would take longer than to read them.
    private var files: [Int32: Files] = [:]
    /// As they stood when they were last asked for their CPU time.
    private(set) var states: [Int32: State] = [:]

    /// More threads' files are not kept open.
    private static let most = 256

    init(of process: pid_t) { self.process = process }

    /// CPU time of a thread in nanoseconds; `nil` where there is no such thread.
    func cpu(of thread: Int32) -> Int64? {
        guard let state = state(of: thread) else {
            forget(thread)
            return nil
        }
        states[thread] = state
        let told = files[thread]?.told ?? 0
        let cpu = state.isRunnable ? max(told + 1, state.times.cpu) : max(told, state.times.cpu)
        files[thread]?.told = cpu
        return cpu
    }

    func times(of thread: Int32) -> SchedulerTimes? {
        files(of: thread).flatMap { KernelText.read($0.schedstat, SchedulerTimes.init(text:)) }
    }

    /// How a thread stands now; `nil` where there is no such thread.
    func state(of thread: Int32) -> State? {
        guard let times = times(of: thread), let files = files(of: thread),
            let place = KernelText.read(files.stat, Self.place), let place
        else { return nil }
        return State(times: times, isRunnable: place.isRunnable, processor: place.processor)
    }

    private func files(of thread: Int32) -> Files? {
        if let known = files[thread] { return known }
        if files.count >= Self.most { for other in Array(files.keys) { forget(other) } }
        let folder = "/proc/\(process)/task/\(thread)/"
        let opened = Files(
            schedstat: machine_open(folder + "schedstat", O_RDONLY), stat: machine_open(folder + "stat", O_RDONLY))
        files[thread] = opened
        guard opened.schedstat >= 0, opened.stat >= 0 else {
            forget(thread)
            return nil
        }
        return opened
    }

    private func forget(_ thread: Int32) {
        states[thread] = nil
        guard let gone = files.removeValue(forKey: thread) else { return }
        for file in [gone.schedstat, gone.stat] where file >= 0 { close(file) }
    }

    /// The letter behind the name in parentheses, and the field numbered 39 in proc_pid_stat(5).
    private static func place(in text: UnsafeMutablePointer<CChar>) -> (isRunnable: Bool, processor: Int32)? {
        guard let name = strrchr(text, 0x29), name[1] == 0x20,
            let processor = KernelText.numbers(in: text, behind: 0x29, from: 36, count: 1).first
        else { return nil }
        return (name[2] == 0x52, Int32(truncatingIfNeeded: processor))
    }
}
