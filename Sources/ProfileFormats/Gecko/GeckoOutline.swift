/// What of a Gecko profile is read first, and where its threads lie.
struct GeckoOutline {
    /// Processes begin processes.
    private static let deepest = 8

    let bytes: [UInt8]
    /// Milliseconds.
    private(set) var interval = 1.0
    private(set) var tool = ""
    private(set) var comments: [String] = []
    /// Of swprof's own files: by function.
    private(set) var bareNames: [String?] = []
    /// Where each begins.
    private(set) var threads: [Int] = []
    /// Texts and tables that all threads share, in newer versions.
    private(set) var texts: [String] = []
    private(set) var shared: [String: GeckoTable] = [:]

    var isOwn: Bool { !comments.isEmpty }

    init(_ bytes: [UInt8]) throws(FormatError) {
        self.bytes = bytes
        var cursor = JSONCursor(bytes)
        try readProfile(&cursor, depth: 0)
        if !(interval > 0 && interval < 1e9) { interval = 1 }
    }

    /// Firefox's own files have a profile of each further process within the first one's, and old recordings of its tools one at all.
    private mutating func readProfile(_ cursor: inout JSONCursor, depth: Int) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "meta" where depth == 0 || threads.isEmpty: try readMeta(&cursor)
            case "processes" where cursor.kind() == .list && depth < Self.deepest:
                try cursor.beginList()
                while try cursor.nextElement() { try readProfile(&cursor, depth: depth + 1) }
            case "profile" where cursor.kind() == .object && depth == 0: try readProfile(&cursor, depth: 1)
            case "shared" where cursor.kind() == .object: try readShared(&cursor)
            case "threads":
                try cursor.beginList()
                while try cursor.nextElement() {
                    guard cursor.kind() != .text else { throw Self.tooOld }
                    threads.append(try cursor.skipped())
                }
            default: try cursor.skip()
            }
        }
    }

    /// Its other processes' threads are texts of JSON.
    private static let tooOld = FormatError(
        "the file is of Firefox's profiler of 2016",
        remedy: "open it in profiler.firefox.com, and save it again from there")

    private mutating func readMeta(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "interval": interval = try cursor.numberIfAny() ?? 1
            case "importedFrom": tool = try cursor.textIfAny() ?? ""
            case "swprof" where cursor.kind() == .list: comments = try cursor.texts()
            case "bareNames" where cursor.kind() == .list:
                try cursor.beginList()
                while try cursor.nextElement() { bareNames.append(try cursor.textIfAny()) }
            default: try cursor.skip()
            }
        }
    }

    private mutating func readShared(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "stringArray" where cursor.kind() == .list: texts = try cursor.texts()
            case "stackTable", "frameTable", "funcTable", "sources": shared[key] = try GeckoTable(&cursor)
            default: try cursor.skip()
            }
        }
    }
}

/// A table by columns: of numbers, where no number stands there is none.
struct GeckoTable {
    /// Those that are asked for: a file has many more, such as when each of millions of samples was.
    private static let needed: Set<String> = [
        "stack", "weight", "prefix", "frame", "func", "line", "location", "name", "source", "fileName", "filename",
        "lineNumber",
    ]

    private var columns: [String: [Double?]] = [:]
    private(set) var count = 0

    init() {}

    init(_ cursor: inout JSONCursor) throws(FormatError) {
        var schema: [String: Int] = [:]
        // Rows that come before what their columns are.
        var rows: JSONCursor?
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch (key, cursor.kind()) {
            case ("length", .number):
                count = max(count, Int(exactly: min(1e9, max(0, try cursor.number().rounded()))) ?? 0)
            case ("schema", .object): schema = try Self.schema(&cursor)
            case ("data", .list) where !schema.isEmpty: try readRows(&cursor, schema)
            case ("data", .list):
                rows = cursor
                try cursor.skip()
            case (_, .list) where Self.needed.contains(key): try readColumn(key, &cursor)
            default: try cursor.skip()
            }
        }
        if var rows, !schema.isEmpty { try readRows(&rows, schema) }
        count = columns.values.map(\.count).max() ?? 0
    }

    func number(_ column: String, _ row: Int) -> Double? {
        guard let values = columns[column], values.indices.contains(row) else { return nil }
        return values[row]
    }

    func index(_ column: String, _ row: Int) -> Int? {
        number(column, row).flatMap { Int(exactly: $0) }.flatMap { $0 >= 0 ? $0 : nil }
    }

    func count(of column: String) -> Int { columns[column]?.count ?? 0 }

    private static func schema(_ cursor: inout JSONCursor) throws(FormatError) -> [String: Int] {
        var schema: [String: Int] = [:]
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            guard let place = try cursor.integerIfAny(), needed.contains(key), 0...1_000 ~= place else { continue }
            schema[key] = Int(place)
        }
        return schema
    }

    private mutating func readColumn(_ name: String, _ cursor: inout JSONCursor) throws(FormatError) {
        var values: [Double?] = []
        try cursor.beginList()
        while try cursor.nextElement() { values.append(try cursor.numberIfAny()) }
        columns[name] = values
    }

    /// Gecko's own format has rows, and says which place in them is which column.
    private mutating func readRows(_ cursor: inout JSONCursor, _ schema: [String: Int]) throws(FormatError) {
        var rows: [[Double?]] = []
        try cursor.beginList()
        while try cursor.nextElement() {
            var row: [Double?] = []
            try cursor.beginList()
            while try cursor.nextElement() { row.append(try cursor.numberIfAny()) }
            rows.append(row)
        }
        for (name, place) in schema { columns[name] = rows.map { $0.indices.contains(place) ? $0[place] : nil } }
    }
}
