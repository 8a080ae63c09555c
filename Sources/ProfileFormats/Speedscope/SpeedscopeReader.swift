import ProfileModel

/// Reads speedscope files, of py-spy, pyinstrument and others.
///
/// A frame's line is the one being executed in some tools' files and the function's first in others: it is the
/// latter where the file is pyinstrument's, else the former.
enum SpeedscopeReader: SeveralTypesReader {
    static let format = FormatName.speedscope

    static func matches(_ content: FileContent) -> Bool { content.has("profiles", "shared") }

    static func read(_ bytes: [UInt8], type: String?) throws(FormatError) -> Profile {
        var profile = try SpeedscopeProfile(bytes)
        return try profile.read(type: type)
    }
}

private struct SpeedscopeProfile {
    private let bytes: [UInt8]
    private var grown: ForeignProfile
    private let outline: SpeedscopeOutline
    private let tool: String
    /// By frame; `nil` for pyinstrument's pseudo frame `[self]`, whose time is that of the frame below.
    private var places: [LocationID?] = []
    /// What was left out because it is no time.
    private var otherUnits: Set<String> = []
    private var leftOpen = 0

    init(_ bytes: [UInt8]) throws(FormatError) {
        self.bytes = bytes
        outline = try SpeedscopeOutline(bytes)
        tool = SpeedscopeChoice.tool(outline.exporter)
        grown = ForeignProfile(tool, .sampling, formatName: tool == "speedscope" ? tool : "speedscope, of \(tool)")
        let kind = tool == "pyinstrument" ? SpeedscopeFrameKind.firstLines : outline.isOwn ? .own : .lines
        for frame in outline.frames { places.append(kind.place(frame, &grown)) }
    }

    mutating func read(type: String?) throws(FormatError) -> Profile {
        guard !outline.profiles.isEmpty else { throw .damaged("there is no profile in it") }
        var threads: [SpeedscopeThread] = []
        for (number, start) in outline.profiles.enumerated() {
            threads.append(try SpeedscopeThread(JSONCursor(bytes, at: start), number))
        }
        let choice = try SpeedscopeChoice(tool: tool, names: threads.map(\.name), type: type)
        for thread in threads where choice.takes(thread.name) {
            try read(thread, named: choice.title(of: thread.name))
        }
        guard !grown.profile.threads.isEmpty else {
            throw FormatError(
                "its values are \(otherUnits.sorted().joined(separator: ", ")), and no time",
                remedy: "give a profile of wall or processor time")
        }
        if !otherUnits.isEmpty {
            grown.note(
                "values-left-out", "values in \(otherUnits.sorted().joined(separator: ", ")) are no time, and left out")
        }
        if leftOpen > 0 {
            grown.note("frames-left-open", "\(leftOpen) frames are never closed: they end with their thread")
        }
        if let caveat = choice.caveat { grown.note(caveat.code, caveat.text) }
        var profile = try outline.completed(grown.finished())
        if choice.isCPU { profile.clock = .cpu }
        return profile
    }

    private mutating func read(_ thread: SpeedscopeThread, named title: String) throws(FormatError) {
        guard let unit = Self.nanoseconds(thread.unit) else {
            otherUnits.insert(thread.unit.isEmpty ? "of no unit" : thread.unit)
            return
        }
        if thread.unit == Self.noUnit { grown.forgetSeconds("numbers have no unit") }
        let index = grown.addThread(Int64(thread.number), name: title)
        switch thread.type {
        case "sampled": try addSamples(thread, index, unit)
        case "evented": try addEvents(thread, index, unit)
        default: throw .damaged("profile \(thread.number) is neither sampled nor evented")
        }
    }

    private mutating func addSamples(_ thread: SpeedscopeThread, _ index: Int, _ unit: Int64) throws(FormatError) {
        guard var samples = thread.cursor(at: thread.samples), var weights = thread.cursor(at: thread.weights) else {
            throw .damaged("profile \(thread.number) has no samples or no weights")
        }
        try samples.beginList()
        try weights.beginList()
        while true {
            let (hasSample, hasWeight) = (try samples.nextElement(), try weights.nextElement())
            guard hasSample == hasWeight else {
                throw .damaged("profile \(thread.number) has more samples or more weights than the other")
            }
            guard hasSample else { return }
            let stack = try stack(&samples)
            try grown.add(stack, thread: index, count: 1, nanoseconds: try Self.time(&weights, unit))
        }
    }

    private mutating func stack(_ cursor: inout JSONCursor) throws(FormatError) -> StackID {
        var stack = StackID.empty
        try cursor.beginList()
        while try cursor.nextElement() {
            if let place = try place(try cursor.integer()) { stack = try grown.push(place, onto: stack) }
        }
        return stack
    }

    /// The time between two events is the stack's that was open in it.
    private mutating func addEvents(_ thread: SpeedscopeThread, _ index: Int, _ unit: Int64) throws(FormatError) {
        guard var cursor = thread.cursor(at: thread.events) else { return }
        var open: [(frame: Int64, stack: StackID)] = []
        var last = try thread.start.map { start throws(FormatError) in try Self.scaled(start, unit) } ?? 0
        try cursor.beginList()
        while try cursor.nextElement() {
            let event = try SpeedscopeEvent(&cursor, unit: unit)
            guard event.at >= last else { throw .damaged("an event at \(event.at) ns comes after one at \(last) ns") }
            let stack = open.last?.stack ?? .empty
            if event.at > last { try grown.add(stack, thread: index, count: 1, nanoseconds: event.at - last) }
            last = event.at
            if event.opens {
                var onTop = stack
                if let place = try place(event.frame) { onTop = try grown.push(place, onto: stack) }
                open.append((event.frame, onTop))
            } else {
                guard open.popLast()?.frame == event.frame else {
                    throw .damaged("at \(event.at) ns a frame closes that is not on top")
                }
            }
        }
        leftOpen += open.count
        if let end = try thread.end.map({ end throws(FormatError) in try Self.scaled(end, unit) }), end > last {
            try grown.add(open.last?.stack ?? .empty, thread: index, count: 1, nanoseconds: end - last)
        }
    }

    private func place(_ frame: Int64) throws(FormatError) -> LocationID? {
        guard let index = Int(exactly: frame), places.indices.contains(index) else {
            throw .damaged("there is no frame \(frame)")
        }
        return places[index]
    }

    private static func time(_ cursor: inout JSONCursor, _ unit: Int64) throws(FormatError) -> Int64 {
        let start = cursor.at
        guard cursor.kind() == .number, let time = try cursor.nanoseconds(unit: unit), time >= 0 else {
            throw .damaged("the weight at byte \(start) is negative or no number")
        }
        return time
    }

    private static func scaled(_ text: String, _ unit: Int64) throws(FormatError) -> Int64 {
        guard let value = DecimalNumber(text)?.scaled(by: unit) else {
            throw .damaged("a profile begins or ends at '\(text.prefix(40))', which is no time")
        }
        return value
    }

    /// `nil` for what is no time.
    private static func nanoseconds(_ unit: String) -> Int64? {
        // What is no time counts as one microsecond each, as in collapsed stacks.
        unit == noUnit ? 1_000 : TimeUnit.nanoseconds(unit)
    }

    private static let noUnit = "none"
}

/// One event: a frame opens or closes.
private struct SpeedscopeEvent {
    var opens = false
    /// Nanoseconds.
    var at: Int64
    var frame: Int64

    init(_ cursor: inout JSONCursor, unit: Int64) throws(FormatError) {
        var (type, at, frame): (String, Int64?, Int64?) = ("", nil, nil)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "type": type = try cursor.text()
            case "at": at = try cursor.nanoseconds(unit: unit)
            case "frame": frame = try cursor.integer()
            default: try cursor.skip()
            }
        }
        guard let at, let frame, type == "O" || type == "C" else {
            throw .damaged("the event before byte \(cursor.at) has no type, time or frame")
        }
        (opens, self.at, self.frame) = (type == "O", at, frame)
    }
}
