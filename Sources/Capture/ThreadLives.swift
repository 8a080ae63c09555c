/// A thread as the sampler knows it at one tick.
public struct ObservedThread: Sendable {
    /// As in its `ThreadRecord`.
    public var index: UInt32
    /// The kernel's number of the thread.
    public var id: Int32
    /// The slot that its handler answers in.
    public var slot: Int
    /// The thread's CPU time now, and how much of it came since the last tick, in nanoseconds.
    public var cpu: Int64
    public var cpuSinceLastTick: Int64
}

/// Keeps account of the program's threads from tick to tick, and tells the log of their lives.
public struct ThreadLives {
    private struct Life {
        var record: ThreadRecord
        var slot: Int
        var cpuBefore: Int64
        var cpu: Int64
        /// The tick at which it was last seen, counted from 1.
        var seen = 0
    }

    private let log: LogWriter
    private var start: Int64 = 0
    private let cpuClock: (Int32) -> Int64?
    private var lives: [Int32: Life] = [:]
    /// Those that were followed and are no more, since that was asked last.
    private var ended: Set<Int32> = []
    private var freeSlots: [Int] = []
    private var slotsUsed = 0
    private var threadsSeen: UInt32 = 0
    private var ticks = 0
    /// When threads were looked at the last time, and the time before that.
    private var (lastLook, lookBefore): (Int64, Int64) = (0, 0)
    private var toldAt: Int64 = 0

    /// The list of threads is read while it changes: where it is cut short, all behind that place are left out of a reading, and
    /// while threads end one after the other that may be so for some readings in a row. What the kernel knows no more is gone
    /// sooner; what it still knows may have left Python.
    private static let mostTicksAbsent = 1
    private static let mostTicksUnlisted = 20

    /// What is told of a life can be this old when a program is killed, in nanoseconds.
    private static let tellEvery: Int64 = 100_000_000

    /// - Parameter cpuClock: CPU time of a thread in nanoseconds; `nil` where there is no such thread.
    public init(log: LogWriter, cpuClock: @escaping (Int32) -> Int64? = KernelClock.cpu(ofThread:)) {
        self.log = log
        self.cpuClock = cpuClock
    }

    /// The threads that are there as the run begins: they have lived before.
    public mutating func begin(_ ids: [Int32], at start: Int64) {
        self.start = start
        toldAt = start
        _ = observe(ids, now: start)
    }

    public func follows(_ id: Int32) -> Bool { lives[id] != nil }

    /// The threads that were followed and have ended since this was called last.
    public mutating func takeEnded() -> Set<Int32> {
        defer { ended = [] }
        return ended
    }

    /// The threads that are there now. More than there are slots for are left out.
    public mutating func observe(_ ids: [Int32], now: Int64) -> [ObservedThread] {
        ticks += 1
        (lastLook, lookBefore) = (now, lastLook)
        let observed = ids.compactMap { see($0, now: now) }
        if lives.count > observed.count {
            for (id, life) in lives where isGone(id, life) { bury(id, life) }
        }
        if now - toldAt >= Self.tellEvery { tell(now: now) }
        return observed
    }

    private func isGone(_ id: Int32, _ life: Life) -> Bool {
        let absent = ticks - life.seen
        return absent > Self.mostTicksUnlisted || absent > Self.mostTicksAbsent && cpuClock(id) == nil
    }

    /// Writes down how far every life has come.
    public mutating func tell(now: Int64) {
        toldAt = now
        for life in lives.values { log.append(.thread(life.record)) }
    }

    private mutating func see(_ id: Int32, now: Int64) -> ObservedThread? {
        guard let cpu = cpuClock(id), var life = lives[id] ?? begin(id, cpu: cpu, now: now) else { return nil }
        let away = cpuWhileAway(life, cpu)
        let sinceLastTick = cpu - life.cpu - away
        life.seen = ticks
        life.cpu = cpu
        life.cpuBefore += away
        life.record.end = now
        life.record.cpu = cpu - life.cpuBefore
        lives[id] = life
        return ObservedThread(
            index: life.record.index, id: id, slot: life.slot, cpu: cpu, cpuSinceLastTick: sinceLastTick)
    }

    /// CPU time of a thread that was not there at the last look: a thread of native code comes to Python and leaves it. What it
    /// took before that look is no time that a tick could have seen.
    private func cpuWhileAway(_ life: Life, _ cpu: Int64) -> Int64 {
        life.seen + 1 == ticks ? 0 : max(0, cpu - life.cpu - (lastLook - lookBefore))
    }

    private mutating func begin(_ id: Int32, cpu: Int64, now: Int64) -> Life? {
        guard let slot = freeSlots.popLast() ?? nextSlot() else { return nil }
        defer { threadsSeen += 1 }
        let before = now == start ? cpu : 0
        let record = ThreadRecord(index: threadsSeen, id: id, begin: now, end: now, cpu: cpu - before)
        log.append(.thread(record))
        return Life(record: record, slot: slot, cpuBefore: before, cpu: before)
    }

    private mutating func nextSlot() -> Int? {
        guard slotsUsed < SampleSlots.most else { return nil }
        slotsUsed += 1
        return slotsUsed - 1
    }

    private mutating func bury(_ id: Int32, _ life: Life) {
        log.append(.thread(life.record))
        freeSlots.append(life.slot)
        lives[id] = nil
        ended.insert(id)
    }
}
