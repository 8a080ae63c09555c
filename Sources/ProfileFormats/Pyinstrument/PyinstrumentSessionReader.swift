import ProfileModel

/// Reads pyinstrument's sessions (`.pyisession`): every sample as it was taken, with lines and first lines.
///
/// A frame is a function's name, its file and its first line with zeros between, then attributes, each after a byte 1:
/// `l` and the line being executed is one. The thread stands at the root, as a frame of the file `<thread>`.
enum PyinstrumentSessionReader: ProfileReader {
    static let format = FormatName.pyisession

    static func matches(_ content: FileContent) -> Bool {
        content.has("start_call_stack") || content.has("frame_records")
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        var session = PyinstrumentSession()
        var cursor = JSONCursor(bytes)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "duration": session.duration = try cursor.number()
            case "min_interval": session.interval = try cursor.numberIfAny()
            case "frame_records": try session.readRecords(&cursor)
            default: try cursor.skip()
            }
        }
        return try session.profile()
    }
}

private struct PyinstrumentSession {
    var duration: Double?
    var interval: Double?
    private var grown = ForeignProfile("pyinstrument", .sampling, formatName: "pyinstrument's session")
    private var known: [String: Place] = [:]

    private enum Place {
        case frame(LocationID)
        case thread(Int64, name: String)
    }

    init() {}

    /// Lists of two: the frames, root first, and the time.
    mutating func readRecords(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginList()
        while try cursor.nextElement() {
            try cursor.beginList()
            guard try cursor.nextElement() else { throw cursor.wrong("a list") }
            let (stack, thread) = try stack(&cursor)
            guard try cursor.nextElement() else { throw cursor.wrong("a number") }
            let seconds = try cursor.number()
            while try cursor.nextElement() { try cursor.skip() }
            try grown.add(stack, thread: thread, count: 1, nanoseconds: try ForeignProfile.nanoseconds(max(0, seconds)))
        }
    }

    private mutating func stack(_ cursor: inout JSONCursor) throws(FormatError) -> (StackID, thread: Int) {
        var (stack, thread) = (StackID.empty, (id: Int64(0), name: ""))
        try cursor.beginList()
        while try cursor.nextElement() {
            switch place(try cursor.text()) {
            case .frame(let place): stack = try grown.push(place, onto: stack)
            case .thread(let id, let name): thread = (id, name)
            }
        }
        return (stack, grown.thread(thread.id, name: thread.name))
    }

    private mutating func place(_ text: String) -> Place {
        if let known = known[text] { return known }
        let frame = PyinstrumentFrame(text)
        let place: Place =
            frame.file == "<thread>"
            ? .thread(frame.line, name: frame.name) : .frame(grown.place(frame.function, line: frame.executing))
        known[text] = place
        return place
    }

    func profile() throws(FormatError) -> Profile {
        guard let duration else { throw .damaged("there is no 'duration' at its top") }
        var whole = grown
        whole.set(rate: interval.map { 1 / $0 })
        return whole.finished(nanoseconds: try ForeignProfile.nanoseconds(duration))
    }
}

private struct PyinstrumentFrame {
    var name: String
    var file: String
    var line: Int64
    /// 0 where it is not told.
    var executing = 0

    init(_ text: String) {
        let attributes = text.split(separator: "\u{1}" as Character, omittingEmptySubsequences: false)
        let parts = (attributes.first ?? "").split(separator: "\u{0}" as Character, omittingEmptySubsequences: false)
        name = parts.first.map(String.init) ?? ""
        file = parts.count > 1 ? String(parts[1]) : ""
        line = parts.count > 2 ? Int64(parts[2]) ?? 0 : 0
        for attribute in attributes.dropFirst() where attribute.hasPrefix("l") {
            executing = ForeignProfile.line(Int64(attribute.dropFirst()))
        }
    }

    var function: Function { ForeignFunction.function(name, file: file, line: ForeignProfile.line(line)) }
}
