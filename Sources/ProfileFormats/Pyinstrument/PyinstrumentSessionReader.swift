import ProfileModel

/// Reads pyinstrument's sessions (`.pyisession`): every sample as it was taken, with lines and first lines.
///
/// A frame is a function's name, its file and its first line with zeros between, then attributes, each after a byte 1:
/// `l` and the line being executed is one. The thread stands at the root, as a frame of the file `<thread>`.
enum PyinstrumentSessionReader: ProfileReader {
    static let format = FormatName.pyisession

    static func matches(_ bytes: [UInt8]) -> Bool {
        JSONText.looks(bytes, "\"start_call_stack\"") || JSONText.looks(bytes, "\"frame_records\"")
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        let file = try JSONText.decode(PyinstrumentSession.self, bytes)
        var grown = ForeignProfile("pyinstrument", .sampling, formatName: "pyinstrument's session")
        var known: [String: LocationID] = [:]
        for record in file.records {
            var (stack, thread) = (StackID.empty, Int64(0))
            for text in record.frames {
                let frame = PyinstrumentFrame(text)
                if frame.file == "<thread>" {
                    thread = frame.line
                    continue
                }
                let place = known[text] ?? grown.place(frame.function, line: frame.executing)
                known[text] = place
                stack = try grown.push(place, onto: stack)
            }
            try grown.add(stack, thread: grown.thread(thread), count: 1, nanoseconds: try ForeignProfile.nanoseconds(max(0, record.seconds)))
        }
        grown.set(rate: file.interval.map { 1 / $0 })
        return grown.finished(nanoseconds: try ForeignProfile.nanoseconds(file.duration))
    }
}

private struct PyinstrumentSession: Decodable {
    var duration: Double
    var interval: Double?
    var records: [Record]

    enum CodingKeys: String, CodingKey {
        case duration
        case interval = "min_interval"
        case records = "frame_records"
    }

    /// A list of two: the frames, root first, and the time.
    struct Record: Decodable {
        var frames: [String]
        var seconds: Double

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            frames = try list.decode([String].self)
            seconds = try list.decode(Double.self)
        }
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

    var function: Function {
        guard !file.isEmpty, file != "<built-in>" else { return Function(name: name, qualname: name, file: nil, line: 0) }
        return Function(qualified: name, file: file, line: ForeignProfile.line(line))
    }
}
