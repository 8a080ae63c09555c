import ProfileModel

/// Reads collapsed stacks, of `CollapsedWriter` and of other tools.
///
/// The numbers may be samples or microseconds, and the file does not say: each is the sample's
/// count, and a weight of a microsecond. Shares come out right; seconds are not known.
/// Austin says what they are: microseconds of wall or processor time, or bytes, which are no time.
enum CollapsedReader: SeveralTypesReader {
    static let format = FormatName.collapsed

    /// Text whose first line that is neither blank nor a remark ends in a number, or austin's.
    static func matches(_ content: FileContent) -> Bool {
        guard !content.isJSON, content.isText else { return false }
        if content.bytes.starts(with: Array("# austin: ".utf8)) { return true }
        var lines = TextLines(content.bytes)
        while let line = lines.next() {
            if !line.isEmpty, !CollapsedLine.isRemark(line) { return CollapsedLine(line) != nil }
        }
        return false
    }

    /// Whether every one of the first lines is a stack.
    static func isWhole(_ content: FileContent) -> Bool {
        guard matches(content) else { return false }
        var lines = TextLines(content.bytes)
        while lines.number < 1_000, let line = lines.next() {
            if !line.isEmpty, !CollapsedLine.isRemark(line), CollapsedLine(line) == nil { return false }
        }
        return true
    }

    static func read(_ bytes: [UInt8], type: String?) throws(FormatError) -> Profile {
        let lines = TextLines(bytes)
        return try read(lines, CollapsedHeader(lines), type: type)
    }

    /// The same of a file that is not held, and so is read twice.
    static func read(file path: String, type: String?) throws(FormatError) -> Profile {
        let (first, second) = (try TextFile(path), try TextFile(path))
        let header = CollapsedHeader(TextLines(first))
        if let failure = first.failure { throw failure }
        let profile = try read(TextLines(second), header, type: type)
        if let failure = second.failure { throw failure }
        return profile
    }

    private static func read(
        _ lines: TextLines, _ header: CollapsedHeader, type: String?
    ) throws(FormatError) -> Profile {
        var lines = lines
        var stacks = try CollapsedStacks(header, type: type)
        while let line = lines.next() {
            if line.isEmpty || CollapsedLine.isRemark(line) { continue }
            guard let parsed = CollapsedLine(line) else {
                throw FormatError(
                    "line \(lines.number) does not end in a count",
                    remedy: "each line has to be frames joined by “;”, a space and a number")
            }
            try stacks.add(parsed, line: lines.number)
        }
        return stacks.profile
    }
}

/// The profile that grows by a line at a time.
private struct CollapsedStacks {
    private static let longestLine = 1 << 24

    private let header: CollapsedHeader
    private let metric: CollapsedMetric
    private var grown: ForeignProfile
    private var frames: [ByteText: LocationID] = [:]
    /// What lines stand for: most come again and again.
    private var known: [ByteText: Place] = [:]
    private var knownBytes = 0
    private static let mostKnownBytes = 1 << 25

    private struct Place {
        var stack: StackID
        var thread: Int
    }

    init(_ header: CollapsedHeader, type: String?) throws(FormatError) {
        self.header = header
        metric = try CollapsedMetric(header, type: type)
        grown = ForeignProfile(
            header.isAustins ? "austin" : "collapsed", .sampling, clock: metric.clock,
            formatName: header.isAustins ? "collapsed stacks, of austin" : "collapsed stacks")
        grown.set(rate: header.rate)
        if !header.isAustins { grown.forgetSeconds("numbers have no unit") }
        if let caveat = metric.caveat { grown.note(caveat.code, caveat.text) }
    }

    mutating func add(_ line: CollapsedLine, line number: Int) throws(FormatError) {
        guard line.stack.count <= Self.longestLine else {
            throw .tooLarge("line \(number) has more than \(Self.longestLine) bytes")
        }
        let (count, nanoseconds) = try metric.read(line, number: number)
        let text = ByteText(line.stack.isEmpty ? [] : metric.stack(of: line))
        let place = try place(of: text)
        try grown.add(place.stack, thread: place.thread, count: count, nanoseconds: nanoseconds)
    }

    private mutating func place(of text: ByteText) throws(FormatError) -> Place {
        if let known = known[text] { return known }
        guard !text.bytes.contains(UInt8(ascii: "\r")) else {
            throw FormatError(
                "its lines end by carriage returns alone", remedy: "turn them first: tr '\\r' '\\n' < FILE > OUT")
        }
        // A number alone is of a tick that saw no Python at all.
        var parts =
            text.bytes.isEmpty
            ? [] : text.bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)[...]
        let thread = takeMarks(&parts)
        // Austin ends a thread's mark that has no frames by a semicolon.
        if header.isAustins, parts.count == 1, parts.first?.isEmpty == true { parts = [] }
        var stack = StackID.empty
        for part in parts { stack = try grown.push(place(part), onto: stack) }
        let place = Place(stack: stack, thread: thread)
        knownBytes += text.bytes.count
        if knownBytes <= Self.mostKnownBytes { known[text.copy] = place }
        return place
    }

    /// Marks of processes and threads stand at the root.
    private mutating func takeMarks(_ parts: inout ArraySlice<ArraySlice<UInt8>>) -> Int {
        var (process, thread, name): (Int64, Int64, String) = (0, 0, "")
        while let first = parts.first, let mark = mark(first) {
            parts.removeFirst()
            switch mark {
            // py-spy's command may have semicolons in it: it ends where its quotation marks do.
            case .process(let id) where first.last != CollapsedMark.quote && first.contains(CollapsedMark.quote):
                process = id
                if let end = parts.firstIndex(where: { $0.last == CollapsedMark.quote }) { parts = parts[(end + 1)...] }
            // A child's processes are all listed, the parent first.
            case .process(let id): process = id
            case .thread(let id, let called): (thread, name) = (id, called)
            }
        }
        return grown.thread(thread, of: process, name: name)
    }

    private func mark(_ bytes: ArraySlice<UInt8>) -> CollapsedMark? {
        guard bytes.first == UInt8(ascii: "t") || bytes.first == UInt8(ascii: "p") || header.isAustins else {
            return nil
        }
        return CollapsedMark(PercentEscapes.unescape(String(escapingInvalid: bytes)), isAustins: header.isAustins)
    }

    private mutating func place(_ bytes: ArraySlice<UInt8>) -> LocationID {
        if let known = frames[ByteText(bytes)] { return known }
        let frame = CollapsedFrame(PercentEscapes.unescape(String(escapingInvalid: bytes)))
        let place = grown.place(frame.function, line: frame.line)
        frames[ByteText(bytes).copy] = place
        return place
    }

    var profile: Profile { grown.finished() }
}
