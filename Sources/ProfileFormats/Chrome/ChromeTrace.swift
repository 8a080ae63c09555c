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
        var fields = Fields()
        try fields.read(&cursor)
        if fields.phase == "M" { return addName(fields) }
        guard let phase = fields.eventPhase, let start = fields.start, !fields.isOfTracer else { return }
        if fields.category == "py-spy" { isPySpys = true }
        if fields.category == "swprof" { isOwn = true }
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

        /// torch.profiler's own span around everything, and what ran on the GPU, which is no thread's time.
        var isOfTracer: Bool {
            ["Trace", "kernel", "gpu_memcpy", "gpu_memset", "gpu_user_annotation"].contains(category)
                || key.process == "Spans"
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
                case "dur": duration = try cursor.nanoseconds(unit: 1_000)
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
