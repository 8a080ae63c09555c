import ProfileModel

/// The texts, frames and entries of a file of CPython's sampler: a frame for each location that a stack has.
struct TachyonTables {
    struct Text: Encodable {
        var id: Int
        var value: String

        enum CodingKeys: String, CodingKey {
            case id = "str_id"
            case value
        }
    }

    struct Frame: Encodable {
        var id: Int
        var path: Int
        var name: Int
        var line: Int
        var firstLine: Int?
        var executing: Int?
        var bareName: Int?

        enum CodingKeys: String, CodingKey {
            case id = "frame_id"
            case path = "path_str_id"
            case name = "func_str_id"
            case line
            case firstLine = "first_line"
            case executing = "executing_line"
            case bareName = "bare_str_id"
        }
    }

    struct Entry: Encodable {
        var id: Int
        var own: Int64
        var cumulative: Int64
        var count: Int64
        var whole: Int64

        enum CodingKeys: String, CodingKey {
            case id = "frame_id"
            case own = "self"
            case cumulative, count
            case whole = "function_cumulative"
        }
    }

    private(set) var texts: [Text] = []
    private(set) var frames: [Frame] = []
    private(set) var entries: [Entry] = []
    private var known: [String: Int] = [:]

    init(_ profile: Profile, _ figures: TachyonFigures) {
        for (index, row) in figures.rows.enumerated() where row.isOnStacks {
            let location = profile.locations[index]
            entries.append(
                Entry(
                    id: frames.count, own: row.own / figures.unit, cumulative: row.cumulative / figures.unit,
                    count: row.count, whole: figures.functions[location.function.index] / figures.unit))
            add(location, profile.functions[location.function.index])
        }
    }

    private mutating func add(_ location: Location, _ function: Function) {
        var frame = Frame(
            id: frames.count, path: index(of: function.file ?? "~"), name: index(of: function.qualname),
            line: location.line > 0 ? location.line : function.line)
        if function.line > 0 { frame.firstLine = function.line }
        if location.line > 0 { frame.executing = location.line }
        frame.bareName = function.bareNameUnlessImplied.map { index(of: $0) }
        frames.append(frame)
    }

    private mutating func index(of text: String) -> Int {
        if let index = known[text] { return index }
        known[text] = texts.count
        texts.append(Text(id: texts.count, value: text))
        return texts.count - 1
    }
}
