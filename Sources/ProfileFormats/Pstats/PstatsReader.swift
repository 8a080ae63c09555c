import ProfileModel

/// Reads pstats files: of cProfile, yappi, and what converts to them. They are parsed, never executed.
///
/// The file tells of every function its calls, its own time and its time with callees, and the same for each of its
/// callers. So the profile's stacks end at the caller, and times with callees are `Profile.inclusive`.
enum PstatsReader: ProfileReader {
    static let format = FormatName.pstats

    /// A dictionary whose first key is a tuple, or the empty one.
    static func matches(_ content: FileContent) -> Bool {
        let bytes = content.bytes
        guard bytes.count >= 2, bytes[0] & 0x7F == UInt8(ascii: "{") else { return false }
        return [UInt8(ascii: ")"), UInt8(ascii: "(")].contains(bytes[1] & 0x7F)
            || bytes.count == 2 && bytes[1] == UInt8(ascii: "0")
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        guard case .dictionary(let entries) = try MarshalReader.read(bytes) else {
            throw .damaged("it holds no dictionary")
        }
        let isOfLines = entries.contains { $0.key.asTuple?.first?.asText == "__sampled__" }
        var rows: [PstatsRow] = []
        for entry in entries where entry.key.asTuple?.count != 1 { rows.append(try PstatsRow(entry.key, entry.value)) }
        let functions = rows.filter { $0.key != .sampled }
        guard !functions.isEmpty else { throw .damaged("there is no function in it") }
        let taking: PstatsTaking =
            isOfLines ? .sampledLines : functions.count < rows.count ? .sampledFunctions : .uncertain
        return try PstatsProfile(functions, taking).profile
    }
}

/// How a pstats file says that it was taken.
private enum PstatsTaking {
    /// By Python's own sampler: every row is of a line.
    case sampledLines
    /// By a sampler whose profile swprof has converted.
    case sampledFunctions
    /// By a tracer, if it counts calls.
    case uncertain
}

/// What a pstats file says of one function.
private struct PstatsRow {
    struct Times {
        var calls: Int64
        var own: Int64
        /// Of calls from one caller, with callees; from all, each recursion counted once.
        var inclusive: Int64
    }

    typealias Key = PstatsKey

    var key: Key
    var times: Times
    /// `nil` where the file tells only how often a caller called.
    var callers: [(key: Key, times: Times?, calls: Int64)] = []

    init(_ key: MarshalValue, _ value: MarshalValue) throws(FormatError) {
        self.key = try Self.key(key)
        guard let fields = value.asTuple, fields.count == 5, case .dictionary(let entries) = fields[4] else {
            throw .damaged("'\(self.key.name)' has no five figures")
        }
        times = try Self.times(fields.prefix(4), of: self.key)
        for (caller, value) in entries {
            let caller = try Self.key(caller)
            if let fields = value.asTuple {
                let times = try Self.times(fields.prefix(4), of: self.key)
                callers.append((caller, times, times.calls))
            } else if let calls = value.asInteger, calls >= 0 {
                callers.append((caller, nil, calls))
            } else {
                throw .damaged("a caller of '\(self.key.name)' has no figures")
            }
        }
    }

    /// Samplers that write such files say by a −1 that they know no calls.
    var isCounted: Bool { times.calls >= 0 }

    /// Python's own `profile` counts calls by caller, and takes processor time.
    var isOfProfileModule: Bool { key.file == "profile" && key.line == 0 || callers.contains { $0.times == nil } }

    private static func key(_ value: MarshalValue) throws(FormatError) -> Key {
        guard let parts = value.asTuple, parts.count == 3, let file = parts[0].asText,
            let name = parts[2].asText ?? parts[2].asCode?.text
        else {
            throw FormatError(
                "a function is not named by file, line and name",
                remedy: "write the file by dump_stats(), as cProfile does: swprof runs no code in it")
        }
        return Key(file: file, line: ForeignProfile.line(parts[1].asInteger), name: name)
    }

    /// Calls stand beside primitive calls, in this order or the other.
    private static func times(_ fields: ArraySlice<MarshalValue>, of key: Key) throws(FormatError) -> Times {
        let numbers = fields.compactMap(\.asNumber)
        guard numbers.count == 4, let a = fields[0].asInteger, let b = fields[1].asInteger, max(a, b) >= -1
        else {
            throw .damaged("the figures of '\(key.name)' are no numbers")
        }
        // Differences of clocks may come out a little below zero, and so may the calls that were no recursion where profiling
        // began within one.
        return Times(
            calls: max(a, b), own: try ForeignProfile.nanoseconds(max(numbers[2], 0)),
            inclusive: try ForeignProfile.nanoseconds(max(numbers[3], 0)))
    }
}

private struct PstatsProfile {
    private var grown: ForeignProfile
    private let isOfLines: Bool
    /// Whether the file tells numbers of calls.
    private let isCounted: Bool
    /// Lines of functions that are beneath themselves: the times of several lines overlap, and are not added.
    private let recursive: Set<PstatsKey>
    private var longest: [Function: Int64] = [:]

    init(_ rows: [PstatsRow], _ taking: PstatsTaking) throws(FormatError) {
        isOfLines = taking == .sampledLines
        isCounted = rows.contains(where: \.isCounted)
        let clock: Clock = taking == .uncertain && rows.contains(where: \.isOfProfileModule) ? .cpu : .wall
        let isTracer = taking == .uncertain && isCounted
        grown = ForeignProfile("pstats", isTracer ? .tracing : .sampling, clock: clock, formatName: "pstats")
        recursive =
            isOfLines || !isCounted ? PstatsRecursion(rows.map { row in (row.key, row.callers.map(\.key)) }).keys : []
        let thread = grown.thread(0)
        for row in rows { try add(row, thread) }
        for (function, time) in longest { grown.add(inclusive: time, of: function) }
        if !isOfLines { try addLeftOut(rows, thread) }
        if !longest.isEmpty {
            let bound =
                isOfLines ? "that of its longest line, and may be more" : "the sum over its calls, and may be less"
            grown.note(
                "recursion", "\(longest.count.grouped) functions call themselves: of each, the total is \(bound)")
        }
        grown.note(
            "callers-only",
            "the file tells who called whom, but no whole stacks: totals are the tool's own, and stacks end at the caller"
        )
    }

    var profile: Profile { grown.finished(stacks: .cut) }

    private mutating func add(_ row: PstatsRow, _ thread: Int) throws(FormatError) {
        let top = place(row.key)
        var rest = row.times
        for caller in row.callers {
            let calls = min(rest.calls, caller.calls)
            let own = min(rest.own, caller.times?.own ?? proportion(of: row.times, calls))
            let stack = try grown.stack(rootFirst: [place(caller.key), top])
            try grown.add(stack, thread: thread, count: isCounted ? max(0, calls) : 1, nanoseconds: own)
            rest.calls -= calls
            rest.own -= own
        }
        // Called by nobody that the tool saw; it may have no time of its own.
        if rest.calls > 0 || rest.own > 0 || row.callers.isEmpty && row.times.inclusive > 0 {
            try grown.add(
                try grown.stack(rootFirst: [top]), thread: thread,
                count: isCounted ? max(0, rest.calls) : rest.own > 0 ? 1 : 0, nanoseconds: rest.own)
        }
        if recursive.contains(row.key) {
            longest[function(row.key)] = max(longest[function(row.key)] ?? 0, row.times.inclusive)
        } else {
            grown.add(inclusive: row.times.inclusive, of: function(row.key))
        }
    }

    /// A tool that leaves functions out, such as yappi those written in C, has their time in the totals of what calls them alone.
    private mutating func addLeftOut(_ rows: [PstatsRow], _ thread: Int) throws(FormatError) {
        let own = rows.reduce(0.0) { $0 + Double($1.times.own) }
        let total = rows.lazy.map { Double($0.times.inclusive) }.max() ?? 0
        guard total - own > Self.tolerated * total else { return }
        try grown.add(.empty, thread: thread, count: 0, nanoseconds: Int64(total - own))
        grown.note(
            "functions-left-out",
            "the greatest total is \(seconds(total)), and all own times together are \(seconds(own)): the file leaves functions out, whose own time is in no function here"
        )
    }

    private func seconds(_ nanoseconds: Double) -> String { "\((nanoseconds / 1e7).rounded() / 100) s" }

    /// Clocks that are read one after the other differ by this part.
    private static let tolerated = 0.01

    private func proportion(of times: PstatsRow.Times, _ calls: Int64) -> Int64 {
        times.calls > 0 ? Int64(Double(times.own) * (Double(calls) / Double(times.calls))) : 0
    }

    /// `<list.append>` is swprof's own way of writing such a function; what Python itself writes is kept.
    private static func withoutFile(_ name: String) -> Function {
        guard name.hasPrefix("<"), name.hasSuffix(">"), name.count > 2, !name.contains(" ") else {
            return Function(name: name, qualname: name, file: nil, line: 0)
        }
        return Function(ofC: String(name.dropFirst().dropLast()))
    }

    /// A sampler's rows are of lines.
    private mutating func place(_ key: PstatsRow.Key) -> LocationID {
        grown.place(function(key), line: isOfLines ? key.line : 0)
    }

    private func function(_ key: PstatsRow.Key) -> Function {
        // What has no file is written in C: cProfile's way of saying so, and yappi's.
        guard !ForeignFunction.isWithoutFile(key.file) else { return Self.withoutFile(key.name) }
        if !isOfLines, key.file != "profile", let ofC = ForeignFunction.ofModule(key.name, key.file, line: key.line) {
            return ofC
        }
        // A code object's name has a file's in it, whose points part nothing.
        if key.name.hasPrefix("<code object ") {
            return Function(name: key.name, qualname: key.name, file: key.file, line: key.line)
        }
        return Function(qualified: key.name, file: key.file, line: isOfLines ? 0 : key.line)
    }
}
