import ProfileModel

/// Reads line_profiler's `.lprof` files, which are pickles: they are parsed, never executed.
///
/// The file has the lines of the functions that were profiled, each with its hits and its time, callees' included. So
/// it tells no self time, and times of lines are their totals.
enum LineProfilerReader: ProfileReader {
    static let format = FormatName.lprof

    static func matches(_ content: FileContent) -> Bool {
        content.bytes.count > 2 && content.bytes[0] == 0x80 && 2...5 ~= content.bytes[1]
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile { try PickleReader.read(bytes, profile) }

    private static func profile(_ pickle: PickleValue) throws(FormatError) -> Profile {
        guard case .object(_, let state) = pickle, let fields = state.value,
            let timings = fields.value(of: "timings")?.asDictionary, let unit = fields.value(of: "unit")?.asNumber
        else {
            throw FormatError(
                "the pickle holds no timings of line_profiler's", remedy: "give the file that line_profiler wrote")
        }
        var grown = ForeignProfile("line_profiler", .tracing, formatName: "line_profiler")
        let thread = grown.thread(0)
        for (key, lines) in timings {
            guard let key = key.asTuple, key.count == 3, let file = key[0].asText, let name = key[2].asText,
                let lines = lines.asList
            else {
                throw .damaged("a function is not named by file, line and name")
            }
            let function = Function(qualified: name, file: file, line: ForeignProfile.line(key[1].asInteger))
            try add(lines, of: function, unit: unit, thread, &grown)
        }
        guard !grown.profile.samples.isEmpty else {
            throw FormatError(
                "no line of a profiled function was run",
                remedy: "have line_profiler profile the functions that are called")
        }
        grown.note("no-self-times", "line_profiler's times include callees: self shares are not known")
        // The file does not say how long the run took: no less than the function that took longest.
        var profile = grown.finished(stacks: .withinTimes)
        let longest = profile.inclusive?.functions?.max() ?? 0
        profile.threads[thread].nanoseconds = longest
        profile.seconds = Double(longest) / 1e9
        return profile
    }

    private static func add(
        _ lines: [PickleValue], of function: Function, unit: Double, _ thread: Int, _ grown: inout ForeignProfile
    ) throws(FormatError) {
        var sum: Int64 = 0
        for line in lines {
            guard let figures = line.asTuple, figures.count == 3, let hits = figures[1].asInteger,
                let time = figures[2].asNumber
            else {
                throw .damaged("a line of '\(function.name)' has no figures")
            }
            let nanoseconds = try ForeignProfile.nanoseconds(time, unit: unit)
            let place = grown.place(function, line: ForeignProfile.line(figures[0].asInteger))
            try grown.add(try grown.stack(rootFirst: [place]), thread: thread, count: hits, nanoseconds: nanoseconds)
            sum.addClamped(nanoseconds)
        }
        grown.add(inclusive: sum, of: function)
    }
}
