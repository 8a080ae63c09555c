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

    /// A record: its type, and one list of entries.
    mutating func read(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch (key, cursor.kind()) {
            case ("sample_interval_usec", .number): interval = try cursor.nanoseconds(unit: 1_000) ?? interval
            case ("mode", .text): mode = try cursor.text()
            case ("samples_total", .number): total = try cursor.integer()
            case ("defs", .list), ("entries", .list):
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
        if let path = numbers["path_str_id"], let name = numbers["func_str_id"] {
            frames.append((id, path, name, numbers["line"] ?? 0))
        }
        if let own = numbers["self"], let all = numbers["cumulative"] { counts[id] = (own, all) }
    }

    func profile() throws(FormatError) -> Profile {
        guard interval > 0, interval < PprofHeader.largest else { throw .damaged("its interval cannot be") }
        var grown = ForeignProfile(
            "tachyon", .sampling, clock: mode == "cpu" ? .cpu : .wall, formatName: "CPython's sampler")
        grown.set(rate: 1e9 / Double(interval))
        let thread = grown.thread(0)
        var longest: [Function: Int64] = [:]
        for frame in frames {
            guard let path = texts[frame.path], let name = texts[frame.name] else {
                throw .damaged("frame \(frame.id) has a name or a file that is not there")
            }
            let (own, all) = counts[frame.id] ?? (0, 0)
            let function = ForeignFunction.function(name, file: path)
            let place = grown.place(function, line: function.isC ? 0 : ForeignProfile.line(frame.line))
            try grown.add(try grown.stack(rootFirst: [place]), thread: thread, count: own, nanoseconds: try time(own))
            longest[function] = (longest[function] ?? 0).clampedSum(try time(all))
        }
        let whole = try time(total ?? 0)
        for (function, time) in longest { grown.add(inclusive: whole > 0 ? min(whole, time) : time, of: function) }
        guard !grown.profile.samples.isEmpty else {
            throw FormatError("there is no frame in it", remedy: "profile for a longer time")
        }
        grown.note(
            "callers-only",
            "the file tells no stacks: totals are of a function's lines together, and too much for functions that call themselves"
        )
        return grown.finished(stacks: .cut)
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
