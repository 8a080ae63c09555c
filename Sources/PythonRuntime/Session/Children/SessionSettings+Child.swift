import Capture
import Glibc

extension SessionSettings {
    /// What a child is profiled by: the same, with a log and a seed of its own.
    ///
    /// - Parameter process: the one that started it.
    /// - Returns: `nil` where there can be no such log.
    public func ofChild(of process: Int32) -> SessionSettings? {
        guard let child = ChildLog.next(in: ChildLog.folder(of: log)) else { return nil }
        var settings = self
        settings.log = child.path
        settings.parent = process
        // Children's numbers differ, so their ticks are independent of their parent's and of one another's.
        var random = RandomSource(seed: seed &+ UInt64(child.number) &* 0x9e37_79b9_7f4a_7c15)
        settings.seed = random.next()
        settings.others = ""
        settings.beginning = ProcessIdentity.Beginning()
        return settings
    }

    /// As `SWPROF_LAUNCH` has them for a Python program that is started by this process.
    var forLaunching: String {
        let pairs = [
            ("children", "follow"), ("clock", clock.rawValue), ("design", work.name), ("folder", folder), ("log", log),
            ("parent", String(getpid())), ("rate", String(rate)), ("schedule", schedule.rawValue),
            ("seed", String(seed)),
        ]
        var text = ""
        for (key, value) in pairs { text += key + "=" + value + "\u{1f}" }
        return text + "functions=" + functions.joined(separator: ",")
    }
}
