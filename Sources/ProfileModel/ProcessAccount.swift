/// What the kernel says of a profiled process, beside what is in its profile. Times in seconds.
public struct ProcessAccount: Sendable, Equatable {
    /// When the profile begins and ends, in nanoseconds on the monotonic clock.
    public var start: Int64
    public var end: Int64
    /// What an interpreter takes to end, behind its profile, at most, in seconds: no program of its own is run in it.
    public static let usualEnd = 0.02

    /// Whether profiling ended in good order.
    public var isClosed: Bool
    /// Wall time of the process before the profile begins, and after it ends; `nil` where nobody watched it from outside.
    public var secondsBefore: Double?
    public var secondsAfter: Double?
    /// CPU time of the process while it was profiled, without that of our own threads, and with its children after that.
    public var cpuSeconds = 0.0
    public var cpuSecondsAfter = 0.0
    /// CPU time of the threads that the design follows; `nil` where it does not time threads.
    public var followedCPUSeconds: Double?
    /// Threads that were seen and are not followed, and their CPU time.
    public var otherThreads = 0
    public var otherCPUSeconds = 0.0
    /// Child processes, at the least, and the CPU time of those that were waited for.
    public var childProcesses = 0
    public var childCPUSeconds = 0.0
    /// All CPU time from the process's start to the end of the profile, its children's included.
    public var cpuSecondsToTheEnd = 0.0

    public init(start: Int64, end: Int64, isClosed: Bool) {
        (self.start, self.end, self.isClosed) = (start, end, isClosed)
    }

    /// Adds what is known from outside.
    ///
    /// - Parameters:
    ///   - began: when the process was started, and `ended`, when it was gone, in nanoseconds on the monotonic clock.
    ///   - cpuSeconds: CPU time of all its life, with that of the children that it waited for.
    public mutating func close(began: Int64, ended: Int64, cpuSeconds: Double) {
        secondsBefore = Double(max(0, start - began)) / 1e9
        secondsAfter = Double(max(0, ended - end)) / 1e9
        cpuSecondsAfter = max(0, cpuSeconds - cpuSecondsToTheEnd)
    }
}
