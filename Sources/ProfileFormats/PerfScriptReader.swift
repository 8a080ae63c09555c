import ProfileModel

/// Reads what `perf script` prints: for each sample a line on what was sampled, then its frames, leaf first.
///
/// A sample's weight is its period: of the events `cpu-clock` and `task-clock` nanoseconds, of others a part of the whole, of which the
/// seconds are not known. Of several events one counts. With `-X perf` Python's functions are named `py::name:file`.
enum PerfScriptReader: SeveralTypesReader {
    static let format = FormatName.perf

    static func matches(_ content: FileContent) -> Bool {
        guard content.isText, !content.isJSON else { return false }
        var (lines, head) = (TextLines(content.bytes), false)
        while lines.number < 200, let line = lines.next() {
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            let text = String(escapingInvalid: line)
            if head { return PerfFrame(text) != nil }
            if PerfRecord.isOne(text) { continue }
            guard let sample = PerfSample(text) else { return false }
            if sample.frame != nil { return true }
            head = true
        }
        return false
    }

    static func read(_ bytes: [UInt8], type: String?) throws(FormatError) -> Profile {
        var profile = PerfProfile(try PerfEvents(bytes, type: type))
        var lines = TextLines(bytes)
        while let line = lines.next() {
            if line.first == UInt8(ascii: "#") { continue }
            do throws(FormatError) { try profile.add(String(escapingInvalid: line)) } catch {
                throw FormatError("line \(lines.number): \(error.problem)", remedy: error.remedy)
            }
        }
        return try profile.finished()
    }
}

/// The events that a file has samples of, and which of them counts.
private struct PerfEvents {
    let chosen: String
    /// Said where there are others.
    let caveat: Caveat?
    /// Nothing of them is a time, nor goes with it.
    private static let ofNoTime = [
        "alignment-faults", "context-switches", "cpu-migrations", "cs", "emulation-faults", "faults", "major-faults",
        "migrations", "minor-faults", "page-faults",
    ]
    private static let mostNames = 100

    init(_ bytes: [UInt8], type: String?) throws(FormatError) {
        var (lines, names) = (TextLines(bytes), [String]())
        while let line = lines.next() {
            guard let first = line.first, !" \t#".utf8.contains(first), names.count < Self.mostNames else { continue }
            let head = String(escapingInvalid: line)
            guard !PerfRecord.isOne(head), let name = PerfSample(head)?.event, !names.contains(name) else { continue }
            names.append(name)
        }
        let times = names.filter { !Self.ofNoTime.contains(Self.plain($0)) }
        guard let first = times.first(where: PerfSample.isTime) ?? times.first ?? type ?? (names.isEmpty ? "" : nil)
        else {
            throw FormatError(
                "its samples are of \(names.joined(separator: ", ")), and no time",
                remedy: "give a profile of wall or processor time, such as by `perf record -e cpu-clock`")
        }
        if let type, !names.contains(type) {
            throw FormatError(
                "the file has no '\(type)'", remedy: "with --type, name one of: \(names.joined(separator: ", "))")
        }
        let chosen = type ?? first
        self.chosen = chosen
        caveat =
            names.count < 2
            ? nil
            : Caveat(
                code: "several-times",
                text: "the figures are of '\(chosen)'; --type takes another of: \(names.joined(separator: ", "))")
    }

    /// `cycles:u` without what follows the name.
    private static func plain(_ name: String) -> String { String(name.prefix { $0 != ":" }) }
}

/// What perf notes beside samples, such as that a file was mapped.
private enum PerfRecord {
    static func isOne(_ line: String) -> Bool { line.contains(": PERF_RECORD_") }
}

/// `comm pid/tid [cpu] time: period event:`, of which process, processor, time and period may be missing; without stacks the one frame
/// follows.
private struct PerfSample {
    var command: String
    var process: Int64 = 0
    var thread: Int64 = 0
    /// `nil` where none is told.
    var period: Int64?
    var event: String
    /// Where stacks were not recorded.
    var frame: PerfFrame?

    init?(_ line: String) {
        guard let first = line.first, !first.isWhitespace else { return nil }
        // Android's has tabs between them.
        let words = line.split(whereSeparator: \.isWhitespace)
        guard let mark = Self.endOfNumbers(words) else { return nil }
        let isTimed = Double(words[mark].dropLast()) != nil
        var rest = words[(isTimed ? mark + 1 : mark)...]
        var ids = words[..<mark]
        // Without a time the period stands behind the numbers, too.
        if !isTimed, ids.count > 2, let count = Int64(ids[mark - 1]), Self.isOfNumbers(ids[mark - 2]) {
            period = count
            ids.removeLast()
        } else if isTimed, let count = rest.first.flatMap({ Int64($0) }), count >= 0 {
            period = count
            rest.removeFirst()
        }
        if ids.last?.hasPrefix("[") == true, ids.count > 2 { ids.removeLast() }
        guard let last = ids.popLast(), let (process, thread) = Self.ids(last) else { return nil }
        (self.process, self.thread) = (process, thread)
        command = ids.joined(separator: " ")
        // Behind it stands a frame, or what a tracepoint says.
        guard let end = rest.firstIndex(where: { $0.hasSuffix(":") }) else { return nil }
        event = String(rest[...end].joined(separator: " ").dropLast())
        frame = PerfFrame(" " + rest[(end + 1)...].joined(separator: " "))
    }

    /// Where the time stands, or without one the event; a command may have colons, too.
    private static func endOfNumbers(_ words: [Substring]) -> Int? {
        let marks = words.indices.dropFirst(2).filter { words[$0].hasSuffix(":") }
        return marks.first { Double(words[$0].dropLast()) != nil } ?? marks.first
    }

    /// Whether a word is a processor, or the number of a thread.
    private static func isOfNumbers(_ word: Substring) -> Bool { word.hasPrefix("[") || ids(word) != nil }

    /// `12/13` or `13`.
    private static func ids(_ word: Substring) -> (process: Int64, thread: Int64)? {
        let ids = word.split(separator: "/").compactMap { Int64($0) }
        guard let process = ids.first, let thread = ids.last, ids.count <= 2,
            ids.count == word.split(separator: "/").count
        else { return nil }
        return (process, thread)
    }

    /// Whether an event's period is a time.
    static func isTime(_ event: String) -> Bool { event.hasPrefix("cpu-clock") || event.hasPrefix("task-clock") }
}

/// `address name+0xoffset (library)`, of which the address or the library may be missing.
private struct PerfFrame {
    var function: Function

    init?(_ line: String) {
        guard let first = line.first, first.isWhitespace else { return nil }
        var name = line.drop(while: \.isWhitespace)
        if let blank = name.firstIndex(where: \.isWhitespace), UInt64(name[..<blank], radix: 16) != nil {
            name = name[name.index(after: blank)...]
        } else if !name.hasSuffix(")"), !name.hasPrefix("py::"), !name.contains("+0x") {
            return nil
        }
        if name.hasSuffix(")"), let open = Self.lastOpening(name) { name = name[..<open] }
        if let plus = name.lastIndex(of: "+"), name[plus...].hasPrefix("+0x") { name = name[..<plus] }
        let parsed = CollapsedFrame(String(name))
        if case .python = parsed, name.hasPrefix("py::") {
            function = parsed.function
        } else {
            function = Function(name: String(name), qualname: String(name), file: nil, line: 0)
        }
    }

    private static func lastOpening(_ text: Substring) -> Substring.Index? {
        var at = text.endIndex
        while at > text.startIndex {
            at = text.index(before: at)
            if text[at] == "(", at > text.startIndex, text[text.index(before: at)] == " " {
                return text.index(before: at)
            }
        }
        return nil
    }
}

private struct PerfProfile {
    private var grown = ForeignProfile("perf", .sampling, clock: .cpu, formatName: "perf script")
    private var sample: PerfSample?
    private var frames: [LocationID] = []
    private var known: [String: LocationID] = [:]
    private let events: PerfEvents
    private var hasPeriods = true

    init(_ events: PerfEvents) { self.events = events }

    mutating func add(_ line: String) throws(FormatError) {
        if line.isEmpty { return try end() }
        if line.first?.isWhitespace == true {
            guard sample != nil else { return }
            if let place = known[line] { return frames.append(place) }
            guard let frame = PerfFrame(line) else {
                // Where perf is asked to, it prints the place in the source beneath a frame.
                guard !frames.isEmpty else { throw .damaged("it is no frame that perf prints") }
                return
            }
            let place = grown.place(frame.function)
            known[line] = place
            return frames.append(place)
        }
        try end()
        if PerfRecord.isOne(line) { return }
        guard let begun = PerfSample(line) else { throw .damaged("it begins no sample that perf prints") }
        sample = begun
        if let frame = begun.frame { frames.append(grown.place(frame.function)) }
    }

    private mutating func end() throws(FormatError) {
        guard let ended = sample else { return }
        sample = nil
        defer { frames.removeAll(keepingCapacity: true) }
        guard ended.event == events.chosen else { return }
        if ended.period == nil { hasPeriods = false }
        let thread = grown.thread(ended.thread, of: ended.process, name: ended.command)
        let stack = try grown.stack(rootFirst: frames.reversed())
        try grown.add(stack, thread: thread, count: 1, nanoseconds: ended.period ?? 1)
    }

    mutating func finished() throws(FormatError) -> Profile {
        try end()
        guard !grown.profile.samples.isEmpty else {
            throw FormatError("there is no sample in it", remedy: "give what `perf script` prints")
        }
        if let caveat = events.caveat { grown.note(caveat.code, caveat.text) }
        if !PerfSample.isTime(events.chosen) {
            grown.forgetSeconds("samples are of \(events.chosen)")
        } else if !hasPeriods {
            grown.forgetSeconds("samples of \(events.chosen) do not say what time they stand for")
        }
        return grown.finished()
    }
}
