import Capture

/// When the program stood still for its recording: what lies between two records of a thread's events.
struct RecordingPauses {
    private var pauses: [(begin: UInt64, end: UInt64)] = []
    /// Ticks of all pauses that are over when each begins.
    private var before: [UInt64] = []
    private var lastEnd: [UInt32: UInt64] = [:]
    private(set) var whole: UInt64 = 0
    private(set) var events = 0
    /// By thread, the ticks of all its events.
    private(set) var lives: [UInt32: UInt64] = [:]

    mutating func note(_ events: CallEventsRecord) {
        guard events.end > events.begin else { return }
        self.events += Int(events.count)
        lives[events.thread, default: 0] &+= events.end - events.begin
        if let end = lastEnd[events.thread], events.begin > end { pauses.append((end, events.begin)) }
        lastEnd[events.thread] = events.end
    }

    /// Brings what was noted into order. A thread pauses with the GIL, so two hardly ever do at once.
    mutating func finish() {
        pauses.sort { $0.begin < $1.begin }
        for pause in pauses {
            before.append(whole)
            whole = whole &+ (pause.end - pause.begin)
        }
    }

    /// What is to be taken off an instant, and until when that does not change.
    func removal(at ticks: UInt64) -> (ticks: UInt64, until: UInt64) {
        var (low, high) = (0, pauses.count)
        while low < high {
            let middle = (low + high) / 2
            if pauses[middle].begin < ticks { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return (0, pauses.first?.begin ?? .max) }
        let pause = pauses[low - 1]
        // Within a pause the clock stands still.
        guard ticks >= pause.end else { return (before[low - 1] &+ (ticks - pause.begin), ticks) }
        return (before[low - 1] &+ (pause.end - pause.begin), low < pauses.count ? pauses[low].begin : .max)
    }
}
