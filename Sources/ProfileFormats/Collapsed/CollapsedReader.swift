import ProfileModel

/// Reads collapsed stacks, of `CollapsedWriter` and of other tools.
///
/// The numbers may be samples or microseconds, and the file does not say: each is the sample's
/// count, and a microsecond of time. Shares come out right, seconds only if they were microseconds.
enum CollapsedReader: ProfileReader {
    static let format = FormatName.collapsed

    private static let austinHead = Array("# austin: ".utf8)

    /// Text whose first line that is not blank ends in a number, or austin's.
    static func matches(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: austinHead) { return !bytes.contains(0) }
        var lines = TextLines(bytes)
        while let line = lines.next() {
            if !line.isEmpty { return CollapsedLine(line) != nil && !bytes.contains(0) }
        }
        return false
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        var stacks = CollapsedStacks(tool: bytes.starts(with: austinHead) ? "austin" : nil)
        var lines = TextLines(bytes)
        while let line = lines.next() {
            // Austin's remarks on the run.
            if line.isEmpty || line.starts(with: Array("# ".utf8)) { continue }
            guard let parsed = CollapsedLine(line) else {
                throw FormatError(
                    "line \(lines.number) does not end in a count",
                    remedy: "each line has to be frames joined by “;”, a space and a whole number")
            }
            try stacks.add(parsed, line: lines.number)
        }
        return stacks.profile
    }
}

/// The lines of a text without the white space at their ends.
private struct TextLines {
    private let bytes: [UInt8]
    private var at = 0
    private(set) var number = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> ArraySlice<UInt8>? {
        guard at < bytes.count else { return nil }
        let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        var line = bytes[at..<end]
        at = end + 1
        number += 1
        while let last = line.last, last == UInt8(ascii: " ") || 9...13 ~= last { line.removeLast() }
        return line
    }
}

/// A stack and its number.
private struct CollapsedLine {
    var stack: ArraySlice<UInt8>
    var count: Int64

    init?(_ line: ArraySlice<UInt8>) {
        guard let space = line.lastIndex(of: UInt8(ascii: " ")),
            let count = Int64(String(decoding: line[(space + 1)...], as: UTF8.self)), count >= 0
        else { return nil }
        stack = line[..<space]
        self.count = count
    }
}

/// The profile that grows by a line at a time.
private struct CollapsedStacks {
    private static let longestLine = 1 << 24
    private static let nanosecondsPerCount: Int64 = 1_000

    private var grown: ForeignProfile
    private var known: [ArraySlice<UInt8>: CollapsedFrame] = [:]
    private var places: [CollapsedFrame: LocationID] = [:]

    init(tool: String?) { grown = ForeignProfile(tool ?? "collapsed", .sampling, formatName: tool.map { "collapsed stacks, of \($0)" } ?? "collapsed stacks") }

    mutating func add(_ line: CollapsedLine, line number: Int) throws(FormatError) {
        guard line.stack.count <= Self.longestLine else {
            throw .tooLarge("line \(number) has more than \(Self.longestLine) bytes")
        }
        let (nanoseconds, overflow) = line.count.multipliedReportingOverflow(by: Self.nanosecondsPerCount)
        guard !overflow else { throw .damaged("the count on line \(number) is more than any run has") }
        var (stack, thread) = (StackID.empty, Int64(0))
        var isFirst = true
        // A number alone is of a tick that saw no Python at all.
        for part in line.stack.isEmpty ? [] : line.stack.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
            let frame = frame(part)
            // Marks of processes and threads stand at the root.
            if isFirst, case .thread(let id) = frame { thread = id; continue }
            if isFirst, case .process = frame { continue }
            isFirst = false
            stack = try grown.push(place(frame), onto: stack)
        }
        try grown.add(stack, thread: grown.thread(thread), count: line.count, nanoseconds: nanoseconds)
    }

    private mutating func frame(_ bytes: ArraySlice<UInt8>) -> CollapsedFrame {
        if let frame = known[bytes] { return frame }
        let frame = CollapsedFrame(PercentEscapes.unescape(String(escapingInvalid: bytes)))
        known[bytes] = frame
        return frame
    }

    private mutating func place(_ frame: CollapsedFrame) -> LocationID {
        if let known = places[frame] { return known }
        let place = grown.place(frame.function, line: frame.line)
        places[frame] = place
        return place
    }

    var profile: Profile { grown.finished() }
}
