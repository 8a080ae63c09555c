import ProfileModel

/// Reads collapsed stacks, of `CollapsedWriter` and of other tools.
///
/// The numbers may be samples or microseconds, and the file does not say: each is the sample's
/// count, and a microsecond of time. Shares come out right, seconds only if they were microseconds.
enum CollapsedReader: ProfileReader {
    static let format = FormatName.collapsed

    /// Text whose first line that is not blank ends in a number.
    static func matches(_ bytes: [UInt8]) -> Bool {
        var lines = TextLines(bytes)
        while let line = lines.next() {
            if !line.isEmpty { return CollapsedLine(line) != nil && !bytes.contains(0) }
        }
        return false
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        var stacks = CollapsedStacks()
        var lines = TextLines(bytes)
        while let line = lines.next() {
            if line.isEmpty { continue }
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

    private var grown = Profile(design: "collapsed", kind: .sampling)
    private var symbols = SymbolInterning()
    private var known: [ArraySlice<UInt8>: LocationID] = [:]
    private var times = RunningTotal()

    mutating func add(_ line: CollapsedLine, line number: Int) throws(FormatError) {
        guard line.stack.count <= Self.longestLine else {
            throw .tooLarge("line \(number) has more than \(Self.longestLine) bytes")
        }
        let (nanoseconds, overflow) = line.count.multipliedReportingOverflow(by: Self.nanosecondsPerCount)
        guard !overflow else { throw .damaged("the count on line \(number) is more than any run has") }
        try times.add(nanoseconds)
        let frames = line.stack.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        let stack = grown.stacks.intern(rootFirst: frames.map { intern($0) })
        grown.samples.append(Sample(stack: stack, thread: 0, count: line.count, nanoseconds: nanoseconds))
        guard grown.stacks.count <= PprofStacks.mostNodes, grown.samples.count <= PprofOutline.mostSamples else {
            throw .tooLarge("too many different stacks, at line \(number)")
        }
    }

    private mutating func intern(_ bytes: ArraySlice<UInt8>) -> LocationID {
        if let id = known[bytes] { return id }
        let (function, line) = Self.frame(PercentEscapes.unescape(String(escapingInvalid: bytes)))
        let id = symbols.intern(function, line: line)
        known[bytes] = id
        return id
    }

    /// The parts of `name (file:line)`; anything else is a name.
    private static func frame(_ text: String) -> (function: Function, line: Int) {
        let bytes = text.utf8
        if text.hasSuffix(")"), let open = text.firstRange(of: " ("), let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
            open.upperBound <= colon, let line = Int32(text[bytes.index(after: colon)...].dropLast()), line >= 0
        {
            let (name, file) = (String(text[..<open.lowerBound]), String(text[open.upperBound..<colon]))
            return (Function(name: name, qualname: name, file: file, line: 0), Int(line))
        }
        return (Function(name: text, qualname: text, file: nil, line: 0), 0)
    }

    var profile: Profile {
        var profile = grown
        profile.functions = symbols.functions
        profile.locations = symbols.locations
        profile.threads = [ThreadLife(id: 0, name: "", nanoseconds: times.sum)]
        profile.seconds = Double(times.sum) / 1e9
        profile.caveats = [.foreign("collapsed stacks")]
        return profile
    }
}
