/// A Chrome trace taken apart, event by event.
///
/// The list of events may lack its end, as viewers have it: tools write it while the program runs.
struct ChromeTrace {
    private(set) var threads: [ChromeThread] = []
    private(set) var calls: [ChromeCall] = []
    /// What else stands at the trace's top, by key: where each value begins.
    private(set) var others: [String: Int] = [:]
    private(set) var isPySpys = false
    private(set) var isOwn = false
    /// Spans that are no thread's time: of a GPU, and asynchronous ones.
    private(set) var otherSpans = (onGPU: 0, asynchronous: 0)
    /// Spans whose length is negative or no number.
    private(set) var oddSpans = 0
    /// Samples that stand in events of their own, as Chrome's tools have them.
    private(set) var sampleEvents = 0

    private let bytes: [UInt8]
    private var indices: [ChromeThread.Key: Int] = [:]
    private var callIndices: [ChromeCall: Int32] = [:]
    private var processNames: [String: String] = [:]

    init(_ bytes: [UInt8]) throws(FormatError) {
        self.bytes = bytes
        var cursor = JSONCursor(bytes)
        if cursor.kind() == .list {
            try addEvents(&cursor)
        } else {
            try cursor.beginObject()
            while let key = try cursor.nextKey() {
                if key == "traceEvents" { try addEvents(&cursor) } else { try addOther(key, &cursor) }
                // The events' list had no end.
                if cursor.isAtEnd { break }
            }
        }
    }

    func cursor(at key: String) -> JSONCursor? { others[key].map { JSONCursor(bytes, at: $0) } }

    /// Stacks that were sampled, beside the events.
    var hasSamples: Bool { others["samples"] != nil && others["stackFrames"] != nil }

    /// What of the trace is in no figure.
    var leftOut: String? {
        var parts: [String] = []
        if otherSpans.onGPU > 0 { parts.append("\(otherSpans.onGPU) spans of a GPU") }
        if otherSpans.asynchronous > 0 { parts.append("\(otherSpans.asynchronous) asynchronous spans") }
        if sampleEvents > 0 { parts.append("\(sampleEvents) events with samples") }
        if hasSamples { parts.append("a list of samples") }
        return parts.isEmpty ? nil : "\(parts.joined(separator: ", ")): left out, since they are no thread's spans"
    }

    /// The thread's own name, and its process's where there are several.
    func title(of thread: ChromeThread) -> String {
        let process = processNames[thread.key.process] ?? thread.key.process
        let name = thread.name.isEmpty && Int64(thread.key.thread) == nil ? thread.key.thread : thread.name
        guard Set(threads.map(\.key.process)).count > 1 else { return name }
        return name.isEmpty ? "process \(process)" : "\(name) (process \(process))"
    }

    private mutating func addOther(_ key: String, _ cursor: inout JSONCursor) throws(FormatError) {
        _ = cursor.kind()
        others[key] = cursor.at
        try cursor.skip()
    }

    private mutating func addEvents(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginList()
        while !cursor.isAtEnd {
            guard try cursor.nextElement(), !cursor.isAtEnd else { return }
            try add(&cursor)
        }
    }

    private mutating func add(_ cursor: inout JSONCursor) throws(FormatError) {
        // Some tools end the list by an element that is none.
        guard cursor.kind() != .word else { return try cursor.skip() }
        var fields = Fields()
        try fields.read(&cursor)
        if fields.category == "swprof" { isOwn = true }
        if fields.phase == "M" { return addName(fields) }
        if fields.phase == "b" || fields.phase == "S" { otherSpans.asynchronous += 1 }
        if fields.phase == "P" { sampleEvents += 1 }
        guard let phase = fields.eventPhase, let start = fields.start, !fields.isOfTracer else { return }
        guard !fields.isOnGPU else { return otherSpans.onGPU += 1 }
        if fields.category == "py-spy" { isPySpys = true }
        if phase == .complete, fields.hasOddLength { oddSpans += 1 }
        let call = fields.phase == "E" && fields.call == ChromeCall() ? nil : index(of: fields.call)
        let thread = index(of: fields.key)
        threads[thread].events.append(
            ChromeEvent(start: start, duration: fields.duration ?? 0, count: fields.count, call: call, phase: phase))
    }

    private mutating func addName(_ fields: Fields) {
        guard let name = fields.argumentName else { return }
        if fields.call.name == "process_name" { processNames[fields.key.process] = name }
        if fields.call.name == "thread_name" { threads[index(of: fields.key)].name = name }
    }

    private mutating func index(of key: ChromeThread.Key) -> Int {
        if let known = indices[key] { return known }
        indices[key] = threads.count
        threads.append(ChromeThread(key: key))
        return threads.count - 1
    }

    private mutating func index(of call: ChromeCall) -> Int32 {
        if let known = callIndices[call] { return known }
        let new = Int32(calls.count)
        callIndices[call] = new
        calls.append(call)
        return new
    }

    private struct Fields {
        var phase = ""
        var category = ""
        var key = ChromeThread.Key(process: "", thread: "")
        var start: Int64?
        var duration: Int64?
        private var saysDuration = false
        var call = ChromeCall()
        var argumentName: String?
        var count: Int64 = 1

        var eventPhase: ChromeEvent.Phase? {
            switch phase {
            case "X": .complete
            case "B": .begin
            case "E": .end
            default: nil
            }
        }

        var hasOddLength: Bool { duration.map { $0 < 0 } ?? saysDuration }

        /// torch.profiler's own span around everything.
        var isOfTracer: Bool { category == "Trace" || key.process == "Spans" || key.process == "Traces" }

        /// As torch.profiler has them; its first versions begin them with capitals.
        var isOnGPU: Bool {
            [
                "kernel", "gpu_memcpy", "gpu_memset", "gpu_user_annotation", "memcpy", "memset", "cuda_sync",
                "collective_comm", "mtia_ccp_events", "hpu_op",
            ].contains(category.lowercased())
        }

        mutating func read(_ cursor: inout JSONCursor) throws(FormatError) {
            try cursor.beginObject()
            while let field = try cursor.nextKey() {
                switch field {
                case "ph": phase = try cursor.textIfAny() ?? ""
                case "name": call.name = try cursor.raw()
                case "cat": category = try cursor.textIfAny() ?? ""
                case "pid": key.process = try cursor.raw()
                case "tid": key.thread = try cursor.raw()
                case "ts": start = try cursor.nanoseconds(unit: 1_000)
                case "dur":
                    saysDuration = true
                    duration = try cursor.nanoseconds(unit: 1_000) ?? duration
                case "tdur":
                    let ofThread = try cursor.nanoseconds(unit: 1_000)
                    duration = duration ?? ofThread
                case "args": if cursor.kind() == .object { try readArguments(&cursor) } else { try cursor.skip() }
                default: try cursor.skip()
                }
            }
        }

        private mutating func readArguments(_ cursor: inout JSONCursor) throws(FormatError) {
            try cursor.beginObject()
            while let field = try cursor.nextKey() {
                switch field {
                case "filename": call.file = try cursor.textIfAny() ?? ""
                case "line": call.line = try cursor.integerIfAny() ?? 0
                case "name": argumentName = try cursor.textIfAny()
                case "calls": count = max(0, try cursor.integerIfAny() ?? 1)
                case "firstLine": call.firstLine = try cursor.integerIfAny()
                case "bareName": call.bareName = try cursor.textIfAny()
                default: try cursor.skip()
                }
            }
        }
    }
}
