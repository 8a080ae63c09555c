import ProfileModel

/// Reads callgrind's format, of pyprof2calltree, Xdebug and swprof: functions with their own time, and who called whom.
///
/// It tells no stacks: a function's total is its own time with that of its calls, those to itself left out. Events that are no time,
/// such as Valgrind's instructions, are refused.
enum CallgrindReader: SeveralTypesReader {
    static let format = FormatName.callgrind

    /// Its lines `events:` and `fn=`, wherever they stand in the beginning; of an empty one the first alone.
    static func matches(_ content: FileContent) -> Bool {
        guard content.isText, !content.isJSON else { return false }
        var (lines, hasEvents) = (TextLines(content.bytes), false)
        while lines.number < 2_000, let line = lines.next() {
            if line.starts(with: Array("events:".utf8)) { hasEvents = true }
            if line.starts(with: Array("fn=".utf8)) { return hasEvents }
            if line.starts(with: Array("# callgrind format".utf8)) { return true }
        }
        return hasEvents
    }

    static func read(_ bytes: [UInt8], type: String?) throws(FormatError) -> Profile {
        var file = CallgrindFile(type: type)
        var lines = TextLines(bytes)
        while let line = lines.next() {
            do throws(FormatError) { try file.add(String(escapingInvalid: line)) } catch {
                throw FormatError("line \(lines.number): \(error.problem)", remedy: error.remedy)
            }
        }
        file.settle()
        var profile = try CallgrindProfile(file)
        return try profile.read()
    }
}

private struct CallgrindProfile {
    private let file: CallgrindFile
    private let isSampled: Bool
    private var grown: ForeignProfile

    init(_ file: CallgrindFile) throws(FormatError) {
        self.file = file
        guard let event = file.event else {
            throw FormatError("there are no events in it", remedy: "give the file that the tool wrote")
        }
        isSampled = file.comments.contains("swprof.kind=sampling")
        grown = ForeignProfile(
            "callgrind", isSampled ? .sampling : .tracing,
            formatName: file.creator.isEmpty ? "callgrind" : "callgrind, of \(file.creator)")
        if file.eventNames.count > 1 {
            grown.note(
                "several-times",
                "the figures are of the file's '\(event)'; it has: \(file.eventNames.joined(separator: ", "))")
        }
    }

    mutating func read() throws(FormatError) -> Profile {
        let thread = grown.thread(0)
        for row in file.functions { try add(row, thread) }
        if file.isOfUnknownUnit { grown.forgetSeconds("times are ticks of some length") }
        grown.note(
            "callers-only",
            "the file tells who called whom, but no whole stacks: totals of functions that call themselves are at most this"
        )
        return try OwnAttributes.completed(grown.finished(stacks: .cut), file.comments, counted: [.tracing])
    }

    /// Its names end in the file, or the module in C, and the first line.
    private func ofYappi(_ row: CallgrindFile.Row) -> Function? {
        guard file.creator == "yappi", let colon = row.name.lastIndex(of: ":"),
            let line = Int64(row.name[row.name.index(after: colon)...]), row.name[..<colon].hasSuffix(" \(row.file)")
        else { return nil }
        let name = String(row.name[..<colon].dropLast(row.file.count + 1))
        let first = ForeignProfile.line(line)
        return ForeignFunction.ofModule(name, row.file, line: first)
            ?? ForeignFunction.function(name, file: row.file, line: first)
    }

    private mutating func add(_ row: CallgrindFile.Row, _ thread: Int) throws(FormatError) {
        let function =
            file.isOwn
            ? OwnAttributes.function(row.name, bare: nil, file: row.file == "~" ? nil : row.file, line: nil)
            : ofYappi(row) ?? ForeignFunction.function(row.name, file: row.file)
        var own: Int64 = 0
        for (line, time) in row.own.sorted(by: { $0.key < $1.key }) {
            own.addClamped(time)
            guard isSampled, time > 0 else { continue }
            let place = grown.place(function, line: ForeignProfile.line(line))
            try grown.add(try grown.stack(rootFirst: [place]), thread: thread, count: 1, nanoseconds: time)
        }
        if isSampled ? own == 0 : own > 0 || row.calls > 0 {
            let stack = try grown.stack(rootFirst: [grown.place(function)])
            try grown.add(stack, thread: thread, count: isSampled ? 0 : row.calls, nanoseconds: own)
        }
        own.addClamped(row.inCallees)
        grown.add(inclusive: min(own, file.total), of: function)
    }
}
