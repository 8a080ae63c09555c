/// Lays a record's fields out one behind the other, 8 bytes a number.
struct RecordEncoder {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ number: some BinaryInteger) {
        withUnsafeBytes(of: UInt64(truncatingIfNeeded: number).littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func put(_ blob: some Collection<UInt8>) {
        put(blob.count)
        bytes.append(contentsOf: blob)
        bytes.append(contentsOf: repeatElement(0, count: LogLayout.padded(blob.count) - blob.count))
    }

    mutating func put(_ text: String) { put(text.utf8) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

/// Takes the fields back out. A field that is not there makes the whole record unreadable.
struct RecordDecoder {
    struct Unreadable: Error {}

    private let payload: UnsafeRawBufferPointer
    private var at = 0

    init(_ payload: UnsafeRawBufferPointer) { self.payload = payload }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(Unreadable) -> Number {
        guard payload.count - at >= 8 else { throw Unreadable() }
        defer { at += 8 }
        return Number(
            truncatingIfNeeded: UInt64(littleEndian: payload.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
    }

    mutating func blob() throws(Unreadable) -> UnsafeRawBufferPointer {
        let count: Int = try number()
        guard count >= 0, count <= payload.count - at else { throw Unreadable() }
        defer { at += LogLayout.padded(count) }
        return UnsafeRawBufferPointer(rebasing: payload[at..<at + count])
    }

    mutating func text() throws(Unreadable) -> String { String(decoding: try blob(), as: UTF8.self) }

    /// A count of things that take at least `size` bytes each, and so can be believed.
    mutating func count(ofSize size: Int) throws(Unreadable) -> Int {
        let count: Int = try number()
        guard count >= 0, count <= (payload.count - at) / size else { throw Unreadable() }
        return count
    }
}

extension LogRecord {
    var kind: LogRecordKind {
        switch self {
        case .fact: .fact
        case .code: .code
        case .stack: .stack
        case .tick: .tick
        case .answer: .answer
        case .thread: .thread
        case .callNode: .callNode
        case .callCounts: .callCounts
        case .callEvents: .callEvents
        case .clock: .clock
        case .account: .account
        case .task: .task
        case .note: .note
        case .end: .end
        }
    }

    func encode(into out: inout RecordEncoder) {
        switch self {
        case .fact(let key, let value), .note(let key, let value):
            out.put(key)
            out.put(value)
        case .code(let code): code.encode(into: &out)
        case .stack(let node): out.putAll(node.id, node.parent, node.code, UInt32(bitPattern: node.instruction))
        case .tick(let tick): tick.encode(into: &out)
        case .answer(let answer): answer.encode(into: &out)
        case .thread(let life):
            out.put(life.index)
            out.put(life.id)
            out.put(life.begin)
            out.put(life.end)
            out.put(life.cpu)
        case .callNode(let node): out.putAll(node.thread, node.id, node.parent, node.code, node.line)
        case .callCounts(let thread, let counts):
            out.put(thread)
            out.put(counts.count)
            for count in counts {
                out.put(count.node)
                out.put(count.calls)
                out.put(count.selfTicks)
            }
        case .callEvents(let events): events.encode(into: &out)
        case .clock(let pair):
            out.put(pair.ticks)
            out.put(pair.nanoseconds)
        case .account(let account): account.encode(into: &out)
        case .task(let number, let name):
            out.put(number)
            out.put(name)
        case .end(let instant): out.put(instant)
        }
    }

    init(_ kind: LogRecordKind, from input: inout RecordDecoder) throws(RecordDecoder.Unreadable) {
        switch kind {
        case .fact: self = .fact(key: try input.text(), value: try input.text())
        case .note: self = .note(code: try input.text(), text: try input.text())
        case .code: self = .code(try CodeRecord(from: &input))
        case .stack:
            self = .stack(
                StackRecord(
                    id: try input.number(), parent: try input.number(), code: try input.number(),
                    instruction: try input.number()))
        case .tick: self = .tick(try TickRecord(from: &input))
        case .answer: self = .answer(try LateAnswer(from: &input))
        case .thread:
            self = .thread(
                ThreadRecord(
                    index: try input.number(), id: try input.number(), begin: try input.number(),
                    end: try input.number(),
                    cpu: try input.number()))
        case .callNode:
            self = .callNode(
                CallNodeRecord(
                    thread: try input.number(), id: try input.number(), parent: try input.number(),
                    code: try input.number(),
                    line: try input.number()))
        case .callCounts:
            let thread: UInt32 = try input.number()
            let counts = try (0..<input.count(ofSize: 24)).map { _ throws(RecordDecoder.Unreadable) in
                CallCount(node: try input.number(), calls: try input.number(), selfTicks: try input.number())
            }
            self = .callCounts(thread: thread, counts: counts)
        case .callEvents: self = .callEvents(try CallEventsRecord(from: &input))
        case .clock: self = .clock(ClockPair(ticks: try input.number(), nanoseconds: try input.number()))
        case .account: self = .account(try AccountRecord(from: &input))
        case .task: self = .task(number: try input.number(), name: try input.text())
        case .end: self = .end(try input.number())
        case .countsPlace: throw RecordDecoder.Unreadable()
        }
    }
}

extension RecordEncoder {
    mutating func putAll(_ numbers: UInt32...) { for number in numbers { put(number) } }
}

extension CallEventsRecord {
    func encode(into out: inout RecordEncoder) {
        out.put(thread)
        out.put(begin)
        out.put(end)
        out.put(count)
        out.put(packed)
    }

    init(from input: inout RecordDecoder) throws(RecordDecoder.Unreadable) {
        thread = try input.number()
        begin = try input.number()
        end = try input.number()
        count = try input.number()
        packed = Array(try input.blob())
    }
}

extension CodeRecord {
    func encode(into out: inout RecordEncoder) {
        out.put(id)
        out.put(language.rawValue)
        out.put(firstLine)
        out.put(name)
        out.put(qualname)
        out.put(file)
        out.put(lineTable)
        out.put(instructions)
    }

    init(from input: inout RecordDecoder) throws(RecordDecoder.Unreadable) {
        id = try input.number()
        guard let language = Language(rawValue: try input.number()) else { throw RecordDecoder.Unreadable() }
        self.language = language
        firstLine = try input.number()
        name = try input.text()
        qualname = try input.text()
        file = try input.text()
        lineTable = Array(try input.blob())
        instructions = Array(try input.blob())
    }
}

/// What stands beside an outcome in its number.
private enum SampleBits {
    /// The thread was running.
    static let running: UInt32 = 1 << 8
    /// It held the interpreter's lock, or it did not; neither where that is not known, as in logs of version 5.
    static let lockHeld: UInt32 = 1 << 9
    static let lockNotHeld: UInt32 = 1 << 10

    static func of(_ holdsLock: Bool?) -> UInt32 { holdsLock.map { $0 ? lockHeld : lockNotHeld } ?? 0 }

    static func holdsLock(_ state: UInt32) -> Bool? {
        state & lockHeld != 0 ? true : state & lockNotHeld != 0 ? false : nil
    }

    static func outcome(_ state: UInt32) -> ThreadSample.Outcome? {
        ThreadSample.Outcome(rawValue: state & ~(running | lockHeld | lockNotHeld))
    }
}

extension TickRecord {
    func encode(into out: inout RecordEncoder) {
        out.put(number)
        out.put(due)
        out.put(taken)
        out.put(isProbe ? 1 : 0)
        out.put(threads.count)
        for sample in threads {
            out.put(UInt64(sample.thread) << 32 | UInt64(sample.stack))
            let state = sample.outcome.rawValue | (sample.isRunning ? SampleBits.running : 0)
            out.put(UInt64(sample.task) << 32 | UInt64(state | SampleBits.of(sample.holdsLock)))
            out.put(sample.cpu)
            out.put(sample.instant)
        }
        out.put(standing?.instant ?? 0)
        out.put(standing?.ranges.count ?? 0)
        for range in standing?.ranges ?? [] { out.put(UInt64(range.lowerBound) << 32 | UInt64(range.upperBound)) }
    }

    init(from input: inout RecordDecoder) throws(RecordDecoder.Unreadable) {
        number = try input.number()
        due = try input.number()
        taken = try input.number()
        isProbe = try input.number(UInt8.self) != 0
        threads = try (0..<input.count(ofSize: 32)).map { _ throws(RecordDecoder.Unreadable) in
            let both: UInt64 = try input.number()
            let taskAndState: UInt64 = try input.number()
            let state = UInt32(truncatingIfNeeded: taskAndState)
            guard let outcome = SampleBits.outcome(state) else { throw RecordDecoder.Unreadable() }
            return ThreadSample(
                thread: UInt32(both >> 32), outcome: outcome, stack: UInt32(truncatingIfNeeded: both),
                cpu: try input.number(), instant: try input.number(), isRunning: state & SampleBits.running != 0,
                task: UInt32(taskAndState >> 32), holdsLock: SampleBits.holdsLock(state))
        }
        let instant: Int64 = try input.number()
        let ranges = try (0..<input.count(ofSize: 8)).map { _ throws(RecordDecoder.Unreadable) in
            let both: UInt64 = try input.number()
            guard both >> 32 <= both & 0xffff_ffff else { throw RecordDecoder.Unreadable() }
            return UInt32(both >> 32)...UInt32(truncatingIfNeeded: both)
        }
        standing = ranges.isEmpty ? nil : Standing(instant: instant, ranges: ranges)
    }
}

extension LateAnswer {
    func encode(into out: inout RecordEncoder) {
        out.put(tick)
        out.putAll(thread, stack)
        out.put(UInt64(task) << 32 | UInt64(outcome.rawValue | SampleBits.of(holdsLock)))
        out.put(instant)
    }

    init(from input: inout RecordDecoder) throws(RecordDecoder.Unreadable) {
        tick = try input.number()
        thread = try input.number()
        stack = try input.number()
        let taskAndState: UInt64 = try input.number()
        let state = UInt32(truncatingIfNeeded: taskAndState)
        guard let outcome = SampleBits.outcome(state) else { throw RecordDecoder.Unreadable() }
        self.outcome = outcome
        task = UInt32(taskAndState >> 32)
        holdsLock = SampleBits.holdsLock(state)
        instant = try input.number()
    }
}

extension AccountRecord {
    func encode(into out: inout RecordEncoder) {
        for number in [instant, cpu, childrenCPU, ownCPU, children, others, othersCPU] { out.put(number) }
    }

    init(from input: inout RecordDecoder) throws(RecordDecoder.Unreadable) {
        instant = try input.number()
        cpu = try input.number()
        childrenCPU = try input.number()
        ownCPU = try input.number()
        children = try input.number()
        others = try input.number()
        othersCPU = try input.number()
    }
}
