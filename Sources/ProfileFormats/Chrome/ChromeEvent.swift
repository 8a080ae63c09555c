/// An event of a Chrome trace, as far as profiles need it (Google, "Trace Event Format").
struct ChromeEvent {
    enum Phase {
        case complete, begin, end
    }

    /// Nanoseconds.
    var start: Int64
    /// 0 where the event has none.
    var duration: Int64
    /// How many calls it stands for.
    var count: Int64 = 1
    /// The index of what is called, in a table of all; `nil` for ends that do not say.
    var call: Int32?
    var phase: Phase

    /// When a complete event ends; no event is before its start.
    var end: Int64 { start.addingReportingOverflow(max(0, duration)).partialValue }

    /// Whether it lies within another one's time.
    func isWithin(_ other: ChromeEvent) -> Bool { start >= other.start && end <= other.end }
}

/// What an event says that it is of.
struct ChromeCall: Hashable {
    var name = ""
    var file = ""
    /// The line being executed; 0 where it is not told.
    var line: Int64 = 0
    /// What only swprof's files tell.
    var bareName: String?
    var firstLine: Int64?
}

/// The events of one thread, and what the trace calls it.
struct ChromeThread {
    /// As the trace writes them: numbers, fractions or names.
    struct Key: Hashable {
        var process: String
        var thread: String
    }

    var key: Key
    var name = ""
    var events: [ChromeEvent] = []
}
