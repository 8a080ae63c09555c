import ProfileModel

/// Of Scalene's JSON, of 2022 to 2026, what is time.
struct ScaleneFile {
    private(set) var seconds: Double?
    private(set) var sources: [(path: String, source: ScaleneSource)] = []

    init(_ bytes: [UInt8]) throws(FormatError) {
        var cursor = JSONCursor(bytes)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "elapsed_time_sec": seconds = try cursor.numberIfAny()
            case "files" where cursor.kind() == .object:
                try cursor.beginObject()
                while let path = try cursor.nextKey() { sources.append((path, try ScaleneSource(&cursor))) }
            default: try cursor.skip()
            }
        }
    }
}

/// A source file: its functions, and what its lines took.
struct ScaleneSource {
    private(set) var lines: [Line] = []
    /// Names by first lines.
    private var functions: [Int64: String] = [:]

    struct Line {
        var number: Int64 = 0
        /// Of the run's time.
        var percent = 0.0
        /// The first line of its function: of 2025 and later.
        var functionStart: Int64?
        /// The first line of the function or loop that it is in; its own where it is in none.
        var regionStart: Int64?
    }

    init(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "functions" where cursor.kind() == .list: try readFunctions(&cursor)
            case "lines": try readLines(&cursor)
            default: try cursor.skip()
            }
        }
    }

    /// Lines in no function are the module's.
    func function(of line: Line, _ path: String) -> Function {
        guard let start = start(of: line), let name = functions[start] else {
            return Function(name: "<module>", qualname: "<module>", file: path, line: 1)
        }
        return ForeignFunction.function(name, file: path, line: ForeignProfile.line(start))
    }

    private func start(of line: Line) -> Int64? {
        if let start = line.functionStart { return start }
        // Older ones tell the loop or the function; a loop's function is the last that began before it.
        guard let region = line.regionStart, region != line.number || functions[region] != nil else { return nil }
        return functions.keys.filter { $0 <= region }.max()
    }

    private mutating func readFunctions(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginList()
        while try cursor.nextElement() {
            var (name, number): (String, Int64?) = ("", nil)
            try cursor.beginObject()
            while let key = try cursor.nextKey() {
                switch key {
                case "line": name = try cursor.raw()
                case "lineno": number = try cursor.integerIfAny()
                default: try cursor.skip()
                }
            }
            if let number { functions[number] = name }
        }
    }

    private mutating func readLines(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginList()
        while try cursor.nextElement() {
            var line = Line()
            try cursor.beginObject()
            while let key = try cursor.nextKey() {
                switch key {
                case "lineno": line.number = try cursor.integer()
                case "n_cpu_percent_python", "n_cpu_percent_c", "n_sys_percent": line.percent += try cursor.number()
                case "start_function_line": line.functionStart = try cursor.integerIfAny()
                case "start_region_line": line.regionStart = try cursor.integerIfAny()
                default: try cursor.skip()
                }
            }
            lines.append(line)
        }
    }
}
