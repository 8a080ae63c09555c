import ProfileModel

/// Reads Scalene's JSON: by line, the parts that it has in the run's time.
///
/// Scalene tells them apart as Python, native and system time; together they are the line's. It tells no time with
/// callees.
enum ScaleneReader: ProfileReader {
    static let format = FormatName.scalene

    /// Its keys stand in the alphabet's order, and the list of stacks before `elapsed_time_sec` may be long.
    static func matches(_ bytes: [UInt8]) -> Bool {
        JSONText.looks(bytes, "\"alloc_samples\"") || JSONText.looks(bytes, "\"elapsed_time_sec\"", "\"files\"")
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        let file = try JSONText.decode(ScaleneFile.self, bytes)
        guard let files = file.files, let seconds = file.seconds, !files.isEmpty else {
            throw FormatError("Scalene saw nothing of the program", remedy: "profile for a longer time")
        }
        var grown = ForeignProfile("scalene", .sampling, formatName: "Scalene")
        let thread = grown.thread(0)
        for (path, source) in files.sorted(by: { $0.key < $1.key }) {
            for line in source.lines where line.percent > 0 {
                let place = grown.place(source.function(of: line, path), line: ForeignProfile.line(line.number))
                try grown.add(
                    try grown.stack(rootFirst: [place]), thread: thread, count: 1,
                    nanoseconds: try ForeignProfile.nanoseconds(line.percent / 100, unit: seconds))
            }
        }
        grown.note("no-totals", "the file tells no time with callees: total shares are not known")
        return grown.finished(nanoseconds: try ForeignProfile.nanoseconds(seconds), stacks: .cut)
    }
}

private struct ScaleneFile: Decodable {
    var seconds: Double?
    var files: [String: Source]?

    enum CodingKeys: String, CodingKey {
        case files
        case seconds = "elapsed_time_sec"
    }

    struct Source: Decodable {
        var functions: [Function]
        var lines: [Line]

        /// Lines in no function are the module's.
        func function(of line: Line, _ path: String) -> ProfileModel.Function {
            let name = line.functionStart.flatMap { start in start > 0 ? functions.first { $0.number == start }?.name : nil }
            guard let name else { return .init(name: "<module>", qualname: "<module>", file: path, line: 1) }
            return .init(qualified: name, file: path, line: ForeignProfile.line(line.functionStart))
        }
    }

    struct Function: Decodable {
        var name: String
        var number: Int64

        enum CodingKeys: String, CodingKey {
            case name = "line"
            case number = "lineno"
        }
    }

    struct Line: Decodable {
        var number: Int64
        var python: Double
        var native: Double
        var system: Double
        var functionStart: Int64?

        var percent: Double { python + native + system }

        enum CodingKeys: String, CodingKey {
            case number = "lineno"
            case python = "n_cpu_percent_python"
            case native = "n_cpu_percent_c"
            case system = "n_sys_percent"
            case functionStart = "start_function_line"
        }
    }
}
