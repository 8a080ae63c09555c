import ProfileModel

/// Reads the lines of JSON that CPython's sampler writes (`--jsonl`, 3.15): frames with their samples, on top and in all.
///
/// It tells no stacks. Each frame is a line of a function: totals of several lines of a function that calls itself overlap.
enum TachyonReader: ProfileReader {
    static let format = FormatName.jsonl

    static func matches(_ content: FileContent) -> Bool { content.has("type", "run_id") }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        var file = TachyonFile()
        var cursor = JSONCursor(bytes)
        while cursor.kind() == .object { try file.read(&cursor) }
        guard cursor.kind() == .end else {
            throw .damaged("something else than a JSON object stands at byte \(cursor.at)")
        }
        return try file.profile()
    }
}

private struct TachyonFile {
    private var interval: Int64 = 1_000
    private var mode = ""
    private var texts: [Int64: String] = [:]
    private var frames: [(id: Int64, path: Int64, name: Int64, line: Int64)] = []
    private var counts: [Int64: (own: Int64, all: Int64)] = [:]
    private var total: Int64?
    private var comments: [String] = []

    /// What swprof says of a frame beside what CPython's sampler does.
    private struct More {
        var firstLine: Int64?
        var bareName: Int64?
        var executing: Int64?
        var count: Int64?
        /// With callees, of the function and not of this line of it.
        var whole: Int64?
    }
    private var more: [Int64: More] = [:]
    private var isOwn: Bool { !comments.isEmpty }

    /// A record: its type, and one list of entries. Those of the first versions are `defs`.
    mutating func read(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch (key, cursor.kind()) {
            case ("sample_interval_usec", .number): interval = try cursor.nanoseconds(unit: 1_000) ?? interval
            case ("mode", .text): mode = try cursor.text()
            case ("samples_total", .number): total = try cursor.integer()
            case ("swprof", .list): comments = try cursor.texts()
            case ("strings", .list), ("frames", .list), ("defs", .list), ("entries", .list):
                try cursor.beginList()
                while try cursor.nextElement() { try readEntry(&cursor) }
            default: try cursor.skip()
            }
        }
    }

    private mutating func readEntry(_ cursor: inout JSONCursor) throws(FormatError) {
        var (numbers, value): ([String: Int64], String?) = ([:], nil)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            if key == "value" {
                value = try cursor.textIfAny()
            } else if let number = try cursor.integerIfAny() {
                numbers[key] = number
            }
        }
        if let id = numbers["str_id"], let value { texts[id] = value }
        guard let id = numbers["frame_id"] else { return }
        readMore(numbers, of: id)
        if let path = numbers["path_str_id"], let name = numbers["func_str_id"] {
            frames.append((id, path, name, numbers["line"] ?? 0))
        }
        if let own = numbers["self"], let all = numbers["cumulative"] { counts[id] = (own, all) }
    }

    private mutating func readMore(_ numbers: [String: Int64], of id: Int64) {
        for (key, column) in Self.columns {
            if let number = numbers[key] { more[id, default: More()][keyPath: column] = number }
        }
    }

    private static var columns: [(String, WritableKeyPath<More, Int64?>)] {
        [
            ("first_line", \.firstLine), ("executing_line", \.executing), ("bare_str_id", \.bareName),
            ("count", \.count), ("function_cumulative", \.whole),
        ]
    }

    func profile() throws(FormatError) -> Profile {
        guard interval > 0, interval < PprofHeader.largest else { throw .damaged("its interval cannot be") }
        var grown = ForeignProfile(
            "tachyon", .sampling, clock: mode == "cpu" ? .cpu : .wall, formatName: "CPython's sampler")
        grown.set(rate: 1e9 / Double(interval))
        try addFrames(to: &grown)
        guard !grown.profile.samples.isEmpty || isOwn else {
            throw FormatError("there is no frame in it", remedy: "profile for a longer time")
        }
        if isOwn { return try completed(grown.finished(stacks: .cut)) }
        grown.note(
            "callers-only",
            "the file tells no stacks: totals are of a function's lines together, and too much for functions that call themselves"
        )
        return grown.finished(stacks: .cut)
    }

    private func addFrames(to grown: inout ForeignProfile) throws(FormatError) {
        let thread = grown.thread(0)
        var totals: [Function: Int64] = [:]
        for frame in frames {
            let (own, all) = counts[frame.id] ?? (0, 0)
            let (function, more) = (try function(of: frame), more[frame.id])
            let line = isOwn ? more?.executing : frame.line
            let place = grown.place(function, line: function.isC ? 0 : ForeignProfile.line(line))
            try grown.add(
                try grown.stack(rootFirst: [place]), thread: thread, count: more?.count ?? own,
                nanoseconds: try time(own))
            totals[function] = try total(known: totals[function] ?? 0, lines: all, whole: more?.whole)
        }
        let whole = isOwn ? 0 : try time(total ?? 0)
        for (function, time) in totals { grown.add(inclusive: whole > 0 ? min(whole, time) : time, of: function) }
    }

    /// Totals are parts of the time that was seen: of a life that is longer they would be less than the times that they hold.
    private func completed(_ told: Profile) throws(FormatError) -> Profile {
        var whole = try OwnAttributes.completed(told, comments)
        for index in whole.threads.indices { whole.threads[index].nanoseconds = told.threads[index].nanoseconds }
        return whole
    }

    /// The time of a function with its callees, of all its lines so far: those that swprof writes say it of the whole function.
    private func total(known: Int64, lines: Int64, whole: Int64?) throws(FormatError) -> Int64 {
        if isOwn { return max(known, try time(whole ?? lines)) }
        return known.clampedSum(try time(lines))
    }

    private func function(of frame: (id: Int64, path: Int64, name: Int64, line: Int64)) throws(FormatError) -> Function
    {
        guard let path = texts[frame.path], let name = texts[frame.name] else {
            throw .damaged("frame \(frame.id) has a name or a file that is not there")
        }
        guard isOwn else { return ForeignFunction.function(name, file: path) }
        let more = more[frame.id]
        let file = ForeignFunction.isWithoutFile(path) ? nil : path
        return OwnAttributes.function(
            name, bare: more?.bareName.flatMap { texts[$0] }, file: file, line: more?.firstLine)
    }

    private func time(_ samples: Int64) throws(FormatError) -> Int64 {
        let (time, overflows) = samples.multipliedReportingOverflow(by: interval)
        guard !overflows else { throw .damaged("there are more samples than can be") }
        return time
    }
}

extension Int64 {
    fileprivate func clampedSum(_ other: Int64) -> Int64 {
        var sum = self
        sum.addClamped(other)
        return sum
    }
}
