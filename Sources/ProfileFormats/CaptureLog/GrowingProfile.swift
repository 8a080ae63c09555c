import Capture
import Glibc
import ProfileModel

/// The profile of a run that goes on, read from the capture log as that grows: each look reads what is new, and only records that
/// are whole.
///
/// It has functions, locations, stacks and threads, and no samples: a sampler's ticks are handed on. A tracer's counts change
/// in their places, so that its log is read from the beginning at every look; it grows with what is new alone.
public final class GrowingProfile {
    public private(set) var profile: Profile
    /// Whether the log is ended: nothing will come any more.
    public private(set) var isEnded = false
    private let file: Int32
    private let path: String
    private var cursor = LogCursor()
    private var run: CapturedRun
    private var stacks: LoggedStacks
    private var ticks = WatchedTicks()
    private var threads: [UInt32: Int] = [:]
    private var room = GrowingProfile.window

    /// `nil` where the log does not yet say what writes it.
    public init?(path: String) {
        var run = CapturedRun()
        run.facts = Self.facts(of: path)
        guard let design = run.facts["design"], let clock = run.facts["clock"].flatMap(Clock.init) else { return nil }
        profile = run.profile(design, run.isSampled ? .sampling : .tracing, clock)
        profile.schedule = run.facts["schedule"].flatMap(Schedule.init)
        profile.rate = run.facts["rate"].flatMap(Double.init)
        profile.instantsAreOwn = run.instantsAreOwn
        stacks = LoggedStacks(run.facts, python: profile.python)
        file = open(path, O_RDONLY | O_CLOEXEC)
        (self.path, self.run) = (path, run)
        if file < 0 { return nil }
    }

    deinit { close(file) }

    /// What the first records say, once something else follows them; else nothing.
    private static func facts(of path: String) -> [String: String] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [:] }
        defer { close(file) }
        var (facts, hasMore) = ([String: String](), false)
        var cursor = LogCursor()
        let bytes = read(file, at: 0, room: window)
        bytes.withUnsafeBytes { bytes in
            _ = cursor.read(bytes, from: 0) {
                if case .fact(let key, let value) = $0 { facts[key] = value } else { hasMore = true }
            }
        }
        return hasMore ? facts : [:]
    }

    // MARK: Looking

    /// Bytes that are read at once; more where a record is larger.
    private static let window = 1 << 18

    /// The ticks of a sampler that have come since the last look.
    public func look() -> [WatchedTick] {
        while readOn() {}
        profile.functions = stacks.symbols.functions
        profile.locations = stacks.symbols.locations
        return ticks.ready(isEnded: isEnded).map(watched)
    }

    /// Reads what a window holds; whether more may follow it.
    private func readOn() -> Bool {
        let before = cursor.position
        let bytes = Self.read(file, at: before, room: room)
        let after = bytes.withUnsafeBytes { cursor.read($0, from: before, take) }
        guard bytes.count == room, bytes.prefix(8).contains(where: { $0 != 0 }) else { return false }
        // What fills a window without being whole may be a larger record, or one that is damaged.
        room = after > before ? Self.window : 4 * room
        return room <= 4 * LogCursor.largestRecord
    }

    /// All that a tracer has counted so far.
    public func whole() -> Profile? {
        guard let bytes = try? FileBytes.read(path), var profile = try? CaptureLogReader.read(bytes) else { return nil }
        profile.caveats = []
        return profile
    }

    private static func read(_ file: Int32, at position: Int, room: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            count = max(0, pread(file, buffer.baseAddress, room, off_t(position)))
        }
    }

    private func take(_ record: LogRecord) {
        switch record {
        case .fact(let key, let value):
            run.facts[key] = value
            profile.instantsAreOwn = run.instantsAreOwn
        case .code(let code): run.codes[code.id] = code
        case .stack(let stack): stacks.add(stack, run.codes, to: &profile.stacks)
        case .tick(let tick):
            profile.seconds = max(profile.seconds, Double(tick.due) / 1e9)
            ticks.add(tick)
        case .answer(let answer): ticks.take(answer)
        case .thread(let thread): note(thread)
        case .end: isEnded = true
        case .callNode, .callCounts, .callEvents, .clock, .account, .task, .note: break
        }
    }

    private func note(_ thread: ThreadRecord) {
        let index = place(of: thread.index)
        profile.threads[index].id = Int64(thread.id)
        profile.threads[index].name = run.name(ofThread: thread.id)
    }

    /// The index of a thread in the profile; its name may come later.
    private func place(of thread: UInt32) -> Int {
        if let known = threads[thread] { return known }
        threads[thread] = profile.threads.count
        profile.threads.append(ThreadLife(id: 0, name: "thread", nanoseconds: 0))
        return profile.threads.count - 1
    }

    private func watched(_ record: TickRecord) -> WatchedTick {
        ticks.tick(record, isCPU: profile.clock == .cpu) { sample in
            stacks.nodes[sample.stack].map { .init(stack: $0.place.stack, thread: place(of: sample.thread)) }
        }
    }
}
