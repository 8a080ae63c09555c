import ProfileModel

/// One thread of a timeline, in which the stretch at any instant is found at once.
struct IndexedThread: Sendable {
    let thread: Timeline.Thread
    /// By part of its life, all equally long, the stretch that stands where the part begins.
    private let firsts: [Int32]
    /// In nanoseconds.
    private let part: Double
    private let begin: Int64

    /// Stretches a part: so few that they share a line or two of the processor's cache.
    private static let stretchesPerPart = 8

    init(_ thread: Timeline.Thread) {
        self.thread = thread
        begin = thread.begins.first ?? 0
        let parts = max(1, thread.count / Self.stretchesPerPart)
        part = max(1, Double(thread.life) / Double(parts))
        var firsts = [Int32](repeating: 0, count: parts + 1)
        var stretch = 0
        for at in 0...parts {
            let instant = begin + Int64(Double(at) * part)
            while stretch + 1 < thread.count, thread.begins[stretch + 1] <= instant { stretch += 1 }
            firsts[at] = Int32(stretch)
        }
        self.firsts = firsts
    }

    /// The stretch at an instant; `nil` where the thread is not there.
    func stretch(at instant: Int64) -> Int? {
        guard instant >= begin, instant < thread.end else { return nil }
        let at = min(firsts.count - 2, Int(Double(instant - begin) / part))
        // The quotient may be rounded up.
        var low = at > 0 ? Int(firsts[at - 1]) : 0
        if thread.begins[Int(firsts[at])] <= instant { low = Int(firsts[at]) }
        var high = at + 2 < firsts.count ? Int(firsts[at + 2]) : thread.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if thread.begins[middle] <= instant { low = middle } else { high = middle - 1 }
        }
        return low
    }

    func stack(at instant: Int64) -> Int? { stretch(at: instant).map { Int(thread.stacks[$0]) } }
}
