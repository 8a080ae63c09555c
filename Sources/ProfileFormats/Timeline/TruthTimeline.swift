import ProfileModel

/// Reads the timeline that a known-answer workload writes of itself: brackets around segments of at least 5 ms, each of one
/// function beneath `main`.
enum TruthTimeline {
    static func read(_ bytes: [UInt8]) throws(FormatError) -> Timeline {
        var cursor = JSONCursor(bytes)
        var threads: [BracketedThread] = []
        var lone = BracketedThread()
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            if key == "threads" {
                try cursor.beginList()
                while try cursor.nextElement() { threads.append(try BracketedThread(&cursor)) }
            } else {
                try lone.read(key, &cursor)
            }
        }
        if threads.isEmpty { threads = [lone] }
        guard threads.allSatisfy(\.isPossible) else { throw TimelineFile.unknown }
        return timeline(threads)
    }

    private static func timeline(_ threads: [BracketedThread]) -> Timeline {
        var run = Profile(design: "known-answer", kind: .tracing)
        var symbols = SymbolInterning()
        let place = { (name: String, symbols: inout SymbolInterning) in
            symbols.intern(Function(name: name, qualname: name, file: "<known-answer>", line: 0), line: 0)
        }
        let main = run.stacks.push(place("main", &symbols), onto: .empty)
        let origin = threads.map { $0.within[0] }.min() ?? 0
        var timeline = Timeline(run: run)
        for (number, bracketed) in threads.enumerated() {
            var thread = Timeline.Thread()
            var last = bracketed.within[0] - origin
            for segment in bracketed.segments {
                let (begin, end) = (segment.begin - origin, segment.end - origin)
                if begin > last { thread.append(Int32(main.index), from: last, to: begin) }
                let stack = timeline.run.stacks.push(place(segment.function, &symbols), onto: main)
                if end > begin { thread.append(Int32(stack.index), from: begin, to: end) }
                last = end
            }
            if bracketed.within[1] - origin > last {
                thread.append(Int32(main.index), from: last, to: bracketed.within[1] - origin)
            }
            timeline.run.threads.append(
                ThreadLife(id: Int64(number), name: "thread \(number + 1)", nanoseconds: thread.life))
            timeline.threads.append(thread)
        }
        (timeline.run.functions, timeline.run.locations) = (symbols.functions, symbols.locations)
        timeline.run.seconds = Double(timeline.span.upperBound - timeline.span.lowerBound) / 1e9
        return timeline
    }
}

/// One thread that ran `main`, in nanoseconds of the monotonic clock.
private struct BracketedThread {
    var within: [Int64] = []
    var segments: [(function: String, begin: Int64, end: Int64)] = []

    init() {}

    init(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() { try read(key, &cursor) }
    }

    mutating func read(_ key: String, _ cursor: inout JSONCursor) throws(FormatError) {
        switch key {
        case "within":
            try cursor.beginList()
            while try cursor.nextElement() { within.append(try cursor.integer()) }
        case "segments":
            try cursor.beginList()
            while try cursor.nextElement() { try readSegment(&cursor) }
        default: try cursor.skip()
        }
    }

    private mutating func readSegment(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginList()
        var (name, times): (String?, [Int64]) = (nil, [])
        while try cursor.nextElement() {
            if name == nil { name = try cursor.text() } else { times.append(try cursor.integer()) }
        }
        guard let name, times.count == 2 else { throw TimelineFile.unknown }
        segments.append((name, times[0], times[1]))
    }

    /// Whether the segments stand within `main`, one behind the other.
    var isPossible: Bool {
        guard within.count == 2, within[0] >= 0, within[0] < within[1], within[1] < 1 << 62, !segments.isEmpty else {
            return false
        }
        var last = within[0]
        return segments.allSatisfy { segment in
            defer { last = segment.end }
            return last <= segment.begin && segment.begin <= segment.end && segment.end <= within[1]
        }
    }
}
