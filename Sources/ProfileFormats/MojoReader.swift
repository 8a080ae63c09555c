import ProfileModel

/// Reads austin's binary files (MOJO, versions 1 to 4): metadata, then samples, each of a stack of frames that are named once.
///
/// (P403n1x87/austin, wiki, "The MOJO file format".)
enum MojoReader: SeveralTypesReader {
    static let format = FormatName.mojo

    static func matches(_ content: FileContent) -> Bool { content.bytes.starts(with: Array("MOJ".utf8)) }

    static func read(_ bytes: [UInt8], type: String?) throws(FormatError) -> Profile {
        var file = try MojoFile(bytes, type: type)
        return try file.read()
    }
}

private struct MojoFile {
    private struct Key: Hashable {
        var process: Int64
        var number: Int64
    }

    private struct Frame {
        var place: LocationID
        /// Whether it is of Python, so that it may be on further stacks.
        var isPython: Bool
    }

    private struct Running {
        var process: Int64
        var thread: Int64
        var frames: [Frame] = []
        /// What is beneath them.
        var base = StackID.empty
        var time: Int64 = 0
        /// Of austin's full mode.
        var isIdle = false
    }

    private let type: String?
    private let bytes: [UInt8]
    private var at = 3
    private let version: Int64
    private var metadata: [String: String] = [:]
    private var texts: [Key: String] = [:]
    private var frames: [Key: Frame] = [:]
    private var running: Running?
    /// Of the last stack; 0 before the first.
    private var process: Int64 = 0
    /// By thread: its last stack, without what is not Python on its top.
    private var lastStacks: [Key: StackID] = [:]
    private var grown = ForeignProfile("austin", .sampling, formatName: "MOJO, of austin")

    /// - Parameter type: of austin's full mode `wall`, or `cpu` for what was not idle.
    init(_ bytes: [UInt8], type: String?) throws(FormatError) {
        (self.bytes, self.type) = (bytes, type)
        version = bytes.count > 3 ? Int64(bytes[3]) : 0
        at = 4
        guard 1...4 ~= version else {
            throw FormatError(
                "the file has version \(version) of MOJO, which is not known",
                remedy: "turn it first: mojo2austin FILE OUT")
        }
    }

    mutating func read() throws(FormatError) -> Profile {
        while at < bytes.count { try readEvent() }
        try endSample()
        let (mode, isFull) = (metadata["mode"] ?? "", metadata["mode"] == "full")
        if mode == "memory" { throw AustinMode.memory }
        if let type, !isFull || !AustinMode.types.contains(type) {
            throw FormatError(
                isFull ? "the file has no '\(type)'" : "the file has one time",
                remedy: isFull
                    ? "with --type, name one of: \(AustinMode.types.joined(separator: ", "))" : "leave out --type")
        }
        if isFull {
            let caveat = AustinMode.caveat(type ?? "wall")
            grown.note(caveat.code, caveat.text)
        }
        grown.set(rate: metadata["interval"].flatMap(Double.init).map { 1e6 / $0 })
        var profile = grown.finished()
        if mode == "cpu" || type == "cpu" { profile.clock = .cpu }
        return profile
    }

    private mutating func readEvent() throws(FormatError) {
        let start = at
        at += 1
        switch bytes[start] {
        case 1:
            let name = try text()
            metadata[name] = try text()
        case 2: try beginSample()
        case 3: try readFrame()
        case 4: try add(named: "INVALID")
        case 5:
            let number = try number()
            guard let frame = named(number, in: frames) else {
                throw .damaged("byte \(start) is of frame \(number), which is not there")
            }
            running?.frames.append(frame)
        case 6: try add(named: try text())
        case 7: break
        case 8: running?.isIdle = true
        case 9:
            let time = try number()
            guard time >= 0, time <= PprofHeader.largest / 1_000 else {
                throw .damaged("the time at byte \(start) cannot be")
            }
            running?.time = time * 1_000
        case 10: _ = try number()
        case 11:
            let number = try number()
            texts[Key(process: process, number: number)] = try text()
        case 12: _ = try number()
        case 13: repeatStack()
        default: throw .damaged("byte \(start) begins nothing that a MOJO file has")
        }
    }

    private mutating func beginSample() throws(FormatError) {
        try endSample()
        process = try number()
        if version >= 3 { _ = try number() }
        let thread = try text()
        let digits = thread.hasPrefix("0x") ? String(thread.dropFirst(2)) : thread
        running = Running(process: process, thread: Int64(thread) ?? Int64(digits, radix: 16) ?? 0)
    }

    private mutating func endSample() throws(FormatError) {
        guard let sample = running else { return }
        running = nil
        let stack = try stack(of: sample)
        if type == "cpu", sample.isIdle { return }
        try grown.add(
            stack, thread: grown.thread(sample.thread, of: sample.process), count: 1, nanoseconds: sample.time)
    }

    private mutating func stack(of sample: Running) throws(FormatError) -> StackID {
        var (stack, lastPython) = (sample.base, sample.base)
        for frame in sample.frames {
            stack = try grown.push(frame.place, onto: stack)
            if frame.isPython { lastPython = stack }
        }
        lastStacks[Key(process: sample.process, number: sample.thread)] = lastPython
        return stack
    }

    /// The thread's last stack is beneath the frames so far.
    private mutating func repeatStack() {
        guard let sample = running else { return }
        running?.base = lastStacks[Key(process: sample.process, number: sample.thread)] ?? .empty
    }

    /// Names are of the process whose stack is read; what is named before any stack is of all.
    private func named<Value>(_ number: Int64, in table: [Key: Value]) -> Value? {
        table[Key(process: process, number: number)] ?? table[Key(process: 0, number: number)]
    }

    /// Files name a frame before the stack that it is first in refers to it.
    private mutating func readFrame() throws(FormatError) {
        let number = try number()
        let (file, name) = (try reference(), try reference())
        let line = try self.number()
        if version >= 2 { for _ in 0..<3 { _ = try self.number() } }
        let place = grown.place(
            ForeignFunction.function(name, file: file),
            line: ForeignFunction.isWithoutFile(file) ? 0 : ForeignProfile.line(line))
        frames[Key(process: process, number: number)] = Frame(place: place, isPython: PathNames.isSource(file))
    }

    private mutating func add(named name: String) throws(FormatError) {
        let place = grown.place(Function(name: name, qualname: name, file: nil, line: 0))
        running?.frames.append(Frame(place: place, isPython: false))
    }

    private mutating func reference() throws(FormatError) -> String {
        let number = try number()
        if number <= 1 { return number == 0 ? "" : "<unknown>" }
        guard let text = named(number, in: texts) else {
            throw .damaged("before byte \(at) a text is used that is not there")
        }
        return text
    }

    /// Six bits and a sign, then seven bits a byte, as long as the highest bit is set.
    private mutating func number() throws(FormatError) -> Int64 {
        guard at < bytes.count else { throw cutShort }
        var byte = bytes[at]
        at += 1
        let isNegative = byte & 0x40 != 0
        var (value, shift) = (Int64(byte & 0x3F), Int64(6))
        while byte & 0x80 != 0 {
            guard at < bytes.count else { throw cutShort }
            guard shift < 62 else { throw .damaged("the number before byte \(at) has more than 62 bits") }
            byte = bytes[at]
            at += 1
            value |= Int64(byte & 0x7F) << shift
            shift += 7
        }
        guard value >= 0 else { throw .damaged("the number before byte \(at) is more than any time") }
        return isNegative ? -value : value
    }

    private mutating func text() throws(FormatError) -> String {
        guard let end = bytes[min(at, bytes.count)...].firstIndex(of: 0) else { throw cutShort }
        defer { at = end + 1 }
        return String(escapingInvalid: bytes[at..<end])
    }

    private var cutShort: FormatError { .damaged("cut short at byte \(min(at, bytes.count)) of \(bytes.count)") }
}
