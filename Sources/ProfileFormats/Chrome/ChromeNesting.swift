import ProfileModel

/// Nests the events of one thread after another by their times; what a function's callees do not take is its own.
struct ChromeNesting {
    private struct Open {
        var stack: StackID
        var call: Int32?
        var start: Int64
        /// `nil` until an `E` says so.
        var end: Int64?
        var count: Int64
        var inCallees: Int64 = 0
    }

    private(set) var grown: ForeignProfile
    /// Events that end after the one that they lie in, by more than clocks are rounded by.
    private(set) var cutCount = 0
    /// Ends without a beginning, and beginnings without an end.
    private(set) var unpairedCount = 0

    private let places: [LocationID]
    private let isOwn: Bool
    private var open: [Open] = []
    private var thread = 0
    private static let rounding: Int64 = 1_000

    init(_ grown: ForeignProfile, _ trace: ChromeTrace) {
        var grown = grown
        isOwn = trace.isOwn
        places = trace.calls.map { trace.isOwn ? ChromePlace.ownPlace($0, &grown) : ChromePlace.place($0, &grown) }
        self.grown = grown
    }

    mutating func add(_ thread: ChromeThread, titled title: String) throws(FormatError) {
        self.thread = grown.addThread(Int64(thread.key.thread) ?? 0, name: title)
        var last = Int64.min
        for event in isOwn && Self.isInOrder(thread.events) ? thread.events : Self.ordered(thread.events) {
            last = max(last, event.end)
            try add(event)
        }
        while let top = open.last {
            if top.end == nil { unpairedCount += 1 }
            try close(at: top.end ?? last)
        }
    }

    /// Whether each begins where the one before it does, or later: so swprof writes them, callers first.
    private static func isInOrder(_ events: [ChromeEvent]) -> Bool {
        zip(events, events.dropFirst()).allSatisfy { $0.start <= $1.start }
    }

    /// By their beginnings. Of two that begin together the longer one is the outer; of two alike, the one that stands later where the
    /// tool writes at the end of calls, and the earlier one where it writes at their beginning.
    private static func ordered(_ events: [ChromeEvent]) -> [ChromeEvent] {
        let isOuterFirst = writesOuterFirst(events)
        return events.indices.sorted { a, b in
            let (first, second) = (events[a], events[b])
            guard first.start == second.start, first.phase == .complete, second.phase == .complete else {
                return (first.start, a) < (second.start, b)
            }
            if first.end != second.end { return first.end > second.end }
            return isOuterFirst ? a < b : a > b
        }.map { events[$0] }
    }

    private static func writesOuterFirst(_ events: [ChromeEvent]) -> Bool {
        var outerFirst = 0
        for (one, next) in zip(events, events.dropFirst()) where one.phase == .complete && next.phase == .complete {
            if one.start == next.start, one.end == next.end { continue }
            // What takes no time lies at the end of one as well as at the beginning of another.
            if one.duration <= 0 || next.duration <= 0 { continue }
            if next.isWithin(one) { outerFirst += 1 }
            if one.isWithin(next) { outerFirst -= 1 }
        }
        return outerFirst > 0
    }

    private mutating func add(_ event: ChromeEvent) throws(FormatError) {
        while let end = open.last?.end, end <= event.start { try close(at: end) }
        switch event.phase {
        case .end: try end(event)
        case .begin, .complete:
            guard let call = event.call else { return }
            let stack = try grown.push(places[Int(call)], onto: open.last?.stack ?? .empty)
            var end = event.phase == .complete ? event.end : nil
            if let wanted = end, let outer = innermostEnd, wanted > outer {
                if wanted > outer + Self.rounding { cutCount += 1 }
                end = outer
            }
            open.append(Open(stack: stack, call: call, start: event.start, end: end, count: event.count))
        }
    }

    /// When the event ends that a new one would lie in; `nil` where that is not known yet.
    private var innermostEnd: Int64? { open.last { $0.end != nil }?.end }

    /// Ends what began last and bears the same name, else what began last.
    private mutating func end(_ event: ChromeEvent) throws(FormatError) {
        let named = event.call.flatMap { call in open.lastIndex { $0.end == nil && $0.call == call } }
        guard let ended = named ?? open.lastIndex(where: { $0.end == nil }) else {
            unpairedCount += 1
            return
        }
        while open.count > ended { try close(at: min(event.start, open.last?.end ?? event.start)) }
    }

    private mutating func close(at now: Int64) throws(FormatError) {
        let call = open.removeLast()
        let duration = max(0, now - call.start)
        if !open.isEmpty { open[open.count - 1].inCallees += duration }
        try grown.add(call.stack, thread: thread, count: call.count, nanoseconds: max(0, duration - call.inCallees))
    }
}

/// What an event's name stands for: tools write functions in different ways.
enum ChromePlace {
    /// VizTracer's names end in the file and the function's first line; torch.profiler's begin with them; py-spy's arguments have the line
    /// being run. Other names are no Python functions.
    static func place(_ call: ChromeCall, _ grown: inout ForeignProfile) -> LocationID {
        let line = ForeignProfile.line(call.line)
        if !call.file.isEmpty { return grown.place(ForeignFunction.function(call.name, file: call.file), line: line) }
        if case .python(let function, let path, let first) = CollapsedFrame(call.name) {
            return grown.place(ForeignFunction.function(function, file: path, line: first), line: line)
        }
        if let (file, first, name) = ofTorch(call.name) {
            return grown.place(ForeignFunction.function(name, file: file, line: first), line: line)
        }
        return grown.place(ForeignFunction.function(call.name, file: nil))
    }

    static func ownPlace(_ call: ChromeCall, _ grown: inout ForeignProfile) -> LocationID {
        let function = OwnAttributes.function(
            call.name, bare: call.bareName, file: call.file.isEmpty ? nil : call.file, line: call.firstLine)
        return grown.place(function, line: ForeignProfile.line(call.line))
    }

    /// `file.py(12): name`.
    private static func ofTorch(_ text: String) -> (file: String, line: Int, name: String)? {
        guard let end = text.firstRange(of: "): ") else { return nil }
        let place = text[..<end.lowerBound]
        guard let open = place.lastIndex(of: "("), let line = Int32(place[place.index(after: open)...]), line >= 0,
            open > place.startIndex
        else { return nil }
        return (String(place[..<open]), Int(line), String(text[end.upperBound...]))
    }
}
