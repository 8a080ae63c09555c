import ProfileModel

/// Reads pyinstrument's JSON: a tree of functions with their times, callees' times included.
///
/// What a function's callees do not account for is its own; so is what stands under the pseudo frame `[self]`.
enum PyinstrumentReader: ProfileReader {
    static let format = FormatName.pyinstrument

    static func matches(_ bytes: [UInt8]) -> Bool { JSONText.looks(bytes, "\"root_frame\"", "\"sample_count\"") }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        let file = try JSONText.decode(PyinstrumentFile.self, bytes)
        var grown = ForeignProfile("pyinstrument", .sampling, formatName: "pyinstrument")
        let thread = grown.thread(0)
        if let root = file.root { try add(root, onto: .empty, thread, &grown) }
        return grown.finished(nanoseconds: try ForeignProfile.nanoseconds(file.duration))
    }

    /// No deeper than the decoder lets a text be.
    private static func add(
        _ frame: PyinstrumentFile.Frame, onto parent: StackID, _ thread: Int, _ grown: inout ForeignProfile
    ) throws(FormatError) {
        let stack = frame.isSelf ? parent : try grown.push(grown.place(frame.asFunction), onto: parent)
        let children = frame.children ?? []
        let own = try ForeignProfile.nanoseconds(max(0, frame.time - children.reduce(0) { $0 + $1.time }))
        if own > 0 { try grown.add(stack, thread: thread, count: 1, nanoseconds: own) }
        for child in children { try add(child, onto: stack, thread, &grown) }
    }
}

private struct PyinstrumentFile: Decodable {
    var duration: Double
    /// `nil` where nothing was sampled.
    var root: Frame?

    enum CodingKeys: String, CodingKey {
        case duration
        case root = "root_frame"
    }

    struct Frame: Decodable {
        var function: String
        var file: String?
        var line: Int64?
        var time: Double
        var children: [Frame]?

        enum CodingKeys: String, CodingKey {
            case function, time, children
            case file = "file_path"
            case line = "line_no"
        }

        var isSelf: Bool { (file ?? "").isEmpty && function == "[self]" }

        var asFunction: Function {
            guard let file, !file.isEmpty, file != "<built-in>" else { return Function(name: function, qualname: function, file: nil, line: 0) }
            return Function(qualified: function, file: file, line: ForeignProfile.line(line))
        }
    }
}
