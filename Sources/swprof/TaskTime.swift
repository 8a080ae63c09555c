import ArgumentParser

/// Of which asyncio tasks a run's time is taken.
enum TaskTime: String, ExpressibleByArgument {
    /// Those that run: all time is somebody's, once.
    case running
    /// Those that wait, too.
    case all

    static var allValueStrings: [String] { [TaskTime.running.rawValue] }

    /// Throws where that cannot be told yet.
    func check() throws {
        if self == .all {
            throw Ending.usage(
                "the stacks of tasks that wait are not looked at yet, so --tasks all cannot be told; --tasks running, the default, "
                    + "takes the time of those that run")
        }
    }
}
