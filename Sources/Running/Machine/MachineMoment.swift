import Glibc

/// What a machine was doing as something was measured.
public struct MachineMoment: Sendable, Equatable {
    /// Runnable processes, over the last minute.
    public var load: Double?
    /// The part of all processors' time that other virtual machines took, since the moment before or since the start.
    public var steal: Double?
    /// The first processor's frequency.
    public var megahertz: Double?

    private var ticks: ProcessorTicks?

    /// - Parameter before: the moment that `steal` is told since.
    public init(since before: MachineMoment? = nil) {
        load = EnvironmentAudit.line(of: "/proc/loadavg").flatMap { $0.split(separator: " ").first }.flatMap {
            Double($0)
        }
        megahertz = Self.frequency()
        ticks = EnvironmentAudit.line(of: "/proc/stat").flatMap(ProcessorTicks.init)
        let start = before?.ticks ?? ProcessorTicks(all: 0, stolen: 0)
        steal = ticks.flatMap { $0.all > start.all ? ($0.stolen - start.stolen) / ($0.all - start.all) : nil }
    }

    private static func frequency() -> Double? {
        if let kilohertz = EnvironmentAudit.line(of: "/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq") {
            return Double(kilohertz).map { $0 / 1000 }
        }
        return EnvironmentAudit.field("cpu MHz", of: "/proc/cpuinfo").flatMap { Double($0) }
    }
}

/// The kernel's count of how all processors spent their time.
private struct ProcessorTicks: Sendable, Equatable {
    var all: Double
    var stolen: Double

    init(all: Double, stolen: Double) { (self.all, self.stolen) = (all, stolen) }

    /// Of the line `cpu user nice system idle iowait irq softirq steal …`; guests' time is in user's already.
    init?(_ line: String) {
        let counts = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        guard counts.count == 8 else { return nil }
        self.init(all: counts.reduce(0, +), stolen: counts[7])
    }
}
