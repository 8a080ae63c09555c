import ProfileModel

/// Writes Chrome's trace event format, for Perfetto and chrome://tracing: a complete event for each span (`SpanLayout`), times in
/// microseconds with fractions.
///
/// An event's arguments are as py-spy has them, the file and the line being executed, and beside them the function's first line and its
/// bare name where it does not follow from the other; `calls` is how often a tracer saw the call. What the format has no field for
/// stands in `otherData`, as `PprofComments` lists it.
enum ChromeTraceWriter: ProfileWriter {
    static let format = FormatName.chrome

    static func write(_ profile: Profile) throws(FormatError) -> [UInt8] {
        let layout = SpanLayout(profile)
        let calls = profile.locations.map { ChromeTraceFile.Arguments($0, profile.functions[$0.function.index]) }
        var events: [ChromeTraceFile.Event] = []
        for (index, spans) in layout.threads.enumerated() {
            let thread = ChromeTraceFile.Thread(index, profile.threads)
            events.append(.name(of: thread))
            for span in spans {
                guard let leaf = profile.stacks.leaf(of: span.stack) else { continue }
                let function = profile.function(at: leaf)
                var event = ChromeTraceFile.Event(phase: "X", name: function.qualname, thread: thread.number)
                (event.start, event.duration) = (Double(span.start) / 1e3, Double(span.end - span.start) / 1e3)
                event.arguments = calls[leaf.index]
                if profile.kind == .tracing { event.arguments?.calls = span.count }
                events.append(event)
            }
        }
        return try JSONText.encode(
            ChromeTraceFile(events: events, others: .init(swprof: OwnAttributes.comments(of: profile))))
    }
}

/// A Chrome trace as it is written.
private struct ChromeTraceFile: Encodable {
    var events: [Event]
    var unit = "ns"
    var others: Others

    enum CodingKeys: String, CodingKey {
        case events = "traceEvents"
        case unit = "displayTimeUnit"
        case others = "otherData"
    }

    struct Others: Encodable {
        var swprof: [String]
    }

    struct Thread {
        /// Unique in the file, so no kernel's number, which may come twice.
        var number: Int
        var name: String

        init(_ index: Int, _ lives: [ThreadLife]) {
            number = index + 1
            name = lives.indices.contains(index) ? lives[index].name : ""
        }
    }

    struct Event: Encodable {
        var phase: String
        var name: String
        var category = "swprof"
        var process = 1
        var thread: Int
        var start: Double?
        var duration: Double?
        var arguments: Arguments?

        enum CodingKeys: String, CodingKey {
            case name
            case phase = "ph"
            case category = "cat"
            case process = "pid"
            case thread = "tid"
            case start = "ts"
            case duration = "dur"
            case arguments = "args"
        }

        static func name(of thread: Thread) -> Event {
            var event = Event(phase: "M", name: "thread_name", thread: thread.number)
            event.arguments = Arguments(name: thread.name)
            return event
        }
    }

    struct Arguments: Encodable {
        var name: String?
        var filename: String?
        var line: Int?
        var firstLine: Int?
        var bareName: String?
        var calls: Int64?

        init(name: String) { self.name = name }

        init(_ location: Location, _ function: Function) {
            filename = function.file
            line = location.line > 0 ? location.line : nil
            firstLine = function.line > 0 ? function.line : nil
            bareName = function.bareNameUnlessImplied
        }
    }
}

extension Function {
    /// The bare name, where it is not what a reader would make of the qualified one.
    var bareNameUnlessImplied: String? {
        let implied = isC ? qualname : Function(qualified: qualname, file: "", line: 0).name
        return implied == name ? nil : name
    }
}
