import ProfileModel

/// The tables of one thread, its own or shared ones.
struct GeckoThreadTables {
    private(set) var name = ""
    private(set) var id: Int64 = 0
    private var processID = ""
    private var processName = ""
    private(set) var weightType = "samples"
    private(set) var samples = GeckoTable()
    private(set) var stacks = GeckoTable()
    private var frames = GeckoTable()
    private var functions = GeckoTable()
    private var sources = GeckoTable()
    private var texts: [String]

    init(_ outline: GeckoOutline, at start: Int) throws(FormatError) {
        texts = outline.texts
        stacks = outline.shared["stackTable"] ?? stacks
        frames = outline.shared["frameTable"] ?? frames
        functions = outline.shared["funcTable"] ?? functions
        sources = outline.shared["sources"] ?? sources
        var cursor = JSONCursor(outline.bytes, at: start)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch (key, cursor.kind()) {
            case ("name", .text): name = try cursor.text()
            case ("pid", .number), ("pid", .text): processID = try cursor.raw()
            case ("processName", .text): processName = try cursor.text()
            case ("tid", _): id = Int64(try cursor.raw()) ?? 0
            case ("stringArray", .list), ("stringTable", .list): texts = try cursor.texts()
            case ("samples", .object): try readSamples(&cursor)
            case ("stackTable", .object): stacks = try GeckoTable(&cursor)
            case ("frameTable", .object): frames = try GeckoTable(&cursor)
            case ("funcTable", .object): functions = try GeckoTable(&cursor)
            default: try cursor.skip()
            }
        }
    }

    /// For people.
    var process: String { [processName, processID].filter { !$0.isEmpty }.joined(separator: " ") }

    /// Of one unit of weight, in seconds; `nil` where weights are no time.
    func weightUnit(interval: Double) -> Double? {
        switch weightType {
        case "samples": interval / 1e3
        case "tracing-ms": 1e-3
        default: nil
        }
    }

    /// By frame.
    func places(_ outline: GeckoOutline, _ grown: inout ForeignProfile) throws(FormatError) -> [LocationID] {
        var places: [LocationID] = []
        for frame in 0..<frames.count {
            let line = ForeignProfile.line(frames.index("line", frame).map(Int64.init))
            if let location = frames.index("location", frame) {
                let text = try text(location)
                let plain = Self.withoutColumn(text)
                let parsed = CollapsedFrame(plain)
                var function = parsed.function
                // With a column it is where the function begins.
                if plain != text, line > 0, !function.isC { function.line = parsed.line }
                places.append(grown.place(function, line: line > 0 ? line : parsed.line))
            } else {
                guard let function = frames.index("func", frame), function < functions.count else {
                    throw .damaged("frame \(frame) is of no function")
                }
                places.append(grown.place(try self.function(function, outline), line: line))
            }
        }
        return places
    }

    /// `name (script:line:column)` without its column.
    private static func withoutColumn(_ text: String) -> String {
        guard text.hasSuffix(")"), let last = text.lastIndex(of: ":"), let before = text[..<last].lastIndex(of: ":"),
            isNumber(text[text.index(after: last)...].dropLast()), isNumber(text[text.index(after: before)..<last])
        else { return text }
        return text[..<last] + ")"
    }

    private static func isNumber(_ text: Substring) -> Bool { Int32(text) != nil }

    private func function(_ index: Int, _ outline: GeckoOutline) throws(FormatError) -> Function {
        guard let name = functions.index("name", index) else { throw .damaged("function \(index) has no name") }
        let source = functions.index("source", index).flatMap { sources.index("filename", $0) }
        let file = try (functions.index("fileName", index) ?? source).map { index throws(FormatError) in try text(index)
        }
        let line = functions.index("lineNumber", index).map(Int64.init)
        if outline.isOwn {
            let bare = outline.bareNames.indices.contains(index) ? outline.bareNames[index] : nil
            return OwnAttributes.function(try text(name), bare: bare, file: file, line: line)
        }
        return ForeignFunction.function(try text(name), file: file, line: ForeignProfile.line(line))
    }

    private func text(_ index: Int) throws(FormatError) -> String {
        guard texts.indices.contains(index) else {
            throw .damaged("text \(index) is used, but the file has \(texts.count)")
        }
        return texts[index]
    }

    /// A table, and beside its columns the kind of weight.
    private mutating func readSamples(_ cursor: inout JSONCursor) throws(FormatError) {
        var inside = cursor
        samples = try GeckoTable(&cursor)
        try inside.beginObject()
        while let key = try inside.nextKey() {
            if key == "weightType" { weightType = try inside.textIfAny() ?? "samples" } else { try inside.skip() }
        }
    }
}
