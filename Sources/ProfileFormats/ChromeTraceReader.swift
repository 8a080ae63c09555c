import ProfileModel

/// Reads Chrome's trace event format, of VizTracer and py-spy: complete events (`X`), or begins and ends (`B`, `E`).
///
/// Each thread's events are nested by their times; what a function's callees do not take is its own.
enum ChromeTraceReader: ProfileReader {
    static let format = FormatName.chrome

    static func matches(_ bytes: [UInt8]) -> Bool {
        JSONText.looks(bytes, "\"traceEvents\"") || JSONText.looks(bytes, "\"ph\"", "\"ts\"")
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        let isList = bytes.first { $0 > 0x20 } == UInt8(ascii: "[")
        let file = isList ? ChromeTrace(events: try JSONText.decode([ChromeTrace.Event].self, bytes)) : try JSONText.decode(ChromeTrace.self, bytes)
        let isVizTracer = file.vizTracer != nil
        let isSampled = file.events.contains { $0.category == "py-spy" }
        var nesting = ChromeNesting(
            ForeignProfile(
                isVizTracer ? "viztracer" : isSampled ? "py-spy" : "chrome", isSampled ? .sampling : .tracing,
                formatName: isVizTracer ? "Chrome trace, of VizTracer" : "Chrome trace"))
        for (_, events) in file.byThread { try nesting.add(events) }
        if file.vizTracer?.overflow == true {
            nesting.grown.note("buffer-overflow", "VizTracer's buffer was full: the beginning of the run is missing")
        }
        guard !nesting.grown.profile.samples.isEmpty else {
            throw FormatError("there is no function in it", remedy: "give a trace of function calls")
        }
        return nesting.grown.finished()
    }
}

private struct ChromeTrace: Decodable {
    var events: [Event]
    var vizTracer: VizTracer?

    enum CodingKeys: String, CodingKey {
        case events = "traceEvents"
        case vizTracer = "viztracer_metadata"
    }

    init(events: [Event]) { self.events = events }

    struct VizTracer: Decodable {
        var overflow: Bool?
    }

    struct Event: Decodable {
        var phase: String
        var name: String?
        var category: String?
        var process: Number?
        var thread: Number?
        /// Microseconds.
        var time: Double?
        var duration: Double?
        var arguments: Arguments?

        enum CodingKeys: String, CodingKey {
            case name
            case phase = "ph"
            case category = "cat"
            case process = "pid"
            case thread = "tid"
            case time = "ts"
            case duration = "dur"
            case arguments = "args"
        }
    }

    /// Tools number processes and threads, or name them.
    struct Number: Decodable, Hashable {
        var text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            text = (try? value.decode(Int64.self)).map { String($0) } ?? (try? value.decode(String.self)) ?? ""
        }
    }

    /// Only py-spy's are of use; others' may be anything.
    struct Arguments: Decodable {
        var file: String?
        var line: Int64?

        enum CodingKeys: String, CodingKey {
            case line
            case file = "filename"
        }

        init(from decoder: any Decoder) throws {
            let values = try? decoder.container(keyedBy: CodingKeys.self)
            file = try? values?.decode(String.self, forKey: .file)
            line = try? values?.decode(Int64.self, forKey: .line)
        }
    }

    /// Function calls, by thread, in the order of the threads' first events.
    var byThread: [(thread: [Number?], events: [Event])] {
        var groups: [(thread: [Number?], events: [Event])] = []
        var numbers: [[Number?]: Int] = [:]
        for event in events where ["X", "B", "E"].contains(event.phase) && event.time?.isFinite == true {
            let thread = [event.process, event.thread]
            let number = numbers[thread] ?? groups.count
            if number == groups.count {
                groups.append((thread, []))
                numbers[thread] = number
            }
            groups[number].events.append(event)
        }
        return groups
    }
}

/// Nests the events of one thread after another.
private struct ChromeNesting {
    private struct Open {
        var stack: StackID
        /// `nil` until an `E` says so.
        var end: Double?
        var duration: Double
        var inCallees = 0.0
        var start: Double
    }

    var grown: ForeignProfile
    private var places: [String: LocationID] = [:]
    private var open: [Open] = []
    private var thread = 0

    init(_ grown: ForeignProfile) { self.grown = grown }

    mutating func add(_ events: [ChromeTrace.Event]) throws(FormatError) {
        thread = grown.thread(Int64(grown.profile.threads.count))
        // The outer one of two that begin together is the longer one.
        let order = events.indices.sorted { a, b in
            let (first, second) = (events[a], events[b])
            let (startA, startB) = (first.time ?? 0, second.time ?? 0)
            guard startA == startB, first.phase == "X", second.phase == "X" else { return (startA, a) < (startB, b) }
            return (-(first.duration ?? 0), a) < (-(second.duration ?? 0), b)
        }
        for index in order { try add(events[index]) }
        while !open.isEmpty { try close(at: events.last?.time ?? 0) }
    }

    private mutating func add(_ event: ChromeTrace.Event) throws(FormatError) {
        let now = event.time ?? 0
        while let top = open.last, let end = top.end, end <= now { try close(at: end) }
        switch event.phase {
        case "E":
            if !open.isEmpty { try close(at: now) }
        default:
            let stack = try grown.push(place(event), onto: open.last?.stack ?? .empty)
            let duration = max(0, event.duration ?? 0)
            open.append(Open(stack: stack, end: event.phase == "X" ? now + duration : nil, duration: duration, start: now))
        }
    }

    private mutating func close(at now: Double) throws(FormatError) {
        let call = open.removeLast()
        let duration = call.end == nil ? max(0, now - call.start) : call.duration
        if !open.isEmpty { open[open.count - 1].inCallees += duration }
        let own = try ForeignProfile.nanoseconds(max(0, duration - call.inCallees), unit: 1e-6)
        try grown.add(call.stack, thread: thread, count: 1, nanoseconds: own)
    }

    private mutating func place(_ event: ChromeTrace.Event) -> LocationID {
        let (name, file, line) = (event.name ?? "", event.arguments?.file ?? "", ForeignProfile.line(event.arguments?.line))
        let key = "\(name)\u{0}\(file)\u{0}\(line)"
        if let known = places[key] { return known }
        let place = Self.place(name, file, line, &grown)
        places[key] = place
        return place
    }

    /// VizTracer's names end in the file and the function's first line; py-spy's arguments have the line being run.
    private static func place(_ name: String, _ file: String, _ line: Int, _ grown: inout ForeignProfile) -> LocationID {
        if !file.isEmpty { return grown.place(Function(qualified: name, file: file, line: 0), line: line) }
        guard case .python(let function, let path, let first) = CollapsedFrame(name) else {
            return grown.place(Function(name: name, qualname: name, file: nil, line: 0))
        }
        return grown.place(Function(qualified: function, file: path, line: first))
    }
}
