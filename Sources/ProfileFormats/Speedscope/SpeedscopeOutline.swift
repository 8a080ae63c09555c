import ProfileModel

/// What of a speedscope file is read first: its frames, and where its profiles lie.
struct SpeedscopeOutline {
    private(set) var exporter: String?
    private(set) var frames: [SpeedscopeFrame] = []
    /// Where each begins.
    private(set) var profiles: [Int] = []
    private var comments: [String] = []

    /// Whether swprof wrote it: then names are qualified, and first lines are told.
    var isOwn: Bool { !comments.isEmpty }

    init(_ bytes: [UInt8]) throws(FormatError) {
        var cursor = JSONCursor(bytes)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "exporter": exporter = try cursor.textIfAny()
            case "shared": try readShared(&cursor)
            case "swprof": comments = try cursor.texts()
            case "profiles":
                try cursor.beginList()
                while try cursor.nextElement() {
                    _ = cursor.kind()
                    profiles.append(cursor.at)
                    try cursor.skip()
                }
            default: try cursor.skip()
            }
        }
    }

    /// The profile with what swprof's own comments say of it.
    func completed(_ profile: Profile) throws(FormatError) -> Profile {
        try OwnAttributes.completed(profile, comments, counted: [])
    }

    private mutating func readShared(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            guard key == "frames" else {
                try cursor.skip()
                continue
            }
            try cursor.beginList()
            while try cursor.nextElement() { frames.append(try SpeedscopeFrame(&cursor)) }
        }
    }
}

extension SpeedscopeFrame {
    fileprivate init(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "name": name = try cursor.raw()
            case "file": file = try cursor.textIfAny()
            case "line": line = try cursor.integerIfAny()
            case "bareName": bareName = try cursor.textIfAny()
            case "firstLine": firstLine = try cursor.integerIfAny()
            case "executing": executing = try cursor.integerIfAny()
            default: try cursor.skip()
            }
        }
    }
}

/// A profile of the file, its lists not yet read.
struct SpeedscopeThread {
    let number: Int
    private(set) var type = ""
    private(set) var name = ""
    private(set) var unit = ""
    private(set) var start: String?
    private(set) var end: String?
    /// Where these lists begin.
    private(set) var samples: Int?
    private(set) var weights: Int?
    private(set) var events: Int?
    private let whole: JSONCursor

    init(_ cursor: JSONCursor, _ number: Int) throws(FormatError) {
        (self.number, whole) = (number, cursor)
        var cursor = cursor
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            _ = cursor.kind()
            switch key {
            case "type": type = try cursor.raw()
            case "name": name = try cursor.raw()
            case "unit": unit = try cursor.raw()
            case "startValue": start = try cursor.raw()
            case "endValue": end = try cursor.raw()
            case "samples": samples = try cursor.skipped()
            case "weights": weights = try cursor.skipped()
            case "events": events = try cursor.skipped()
            default: try cursor.skip()
            }
        }
    }

    func cursor(at place: Int?) -> JSONCursor? { place.map { whole.moved(to: $0) } }
}

/// How the lines of a tool's frames are meant.
enum SpeedscopeFrameKind {
    case firstLines, lines, own

    /// `nil` for a pseudo frame that is no function.
    func place(_ frame: SpeedscopeFrame, _ grown: inout ForeignProfile) -> LocationID? {
        let line = ForeignProfile.line(frame.line)
        guard let file = frame.file, !ForeignFunction.isWithoutFile(file) || self == .own else {
            if self == .firstLines, frame.name == "[self]" { return nil }
            return grown.place(
                self == .own
                    ? OwnAttributes.function(frame.name, bare: frame.bareName, file: nil, line: nil)
                    : ForeignFunction.function(frame.name, file: nil))
        }
        switch self {
        case .firstLines: return grown.place(ForeignFunction.function(frame.name, file: file, line: line))
        case .lines: return grown.place(ForeignFunction.function(frame.name, file: file), line: line)
        case .own:
            let function = OwnAttributes.function(frame.name, bare: frame.bareName, file: file, line: frame.firstLine)
            return grown.place(function, line: ForeignProfile.line(frame.executing))
        }
    }
}
