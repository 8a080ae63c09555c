import CMachine

/// One call path of a thread: a function beneath its callers, or a line beneath its function.
public struct CallNode {
    public typealias Reference = UnsafeMutablePointer<CallNode>

    /// What tells functions apart: the address of a code object, or of a C function's definition. For a line, its
    /// number with a mark.
    public var key: UInt
    public var parent: Reference?
    /// The child that was called last: the next call is most often the same.
    public var recentChild: Reference?
    /// The sibling that was called after this one the last time: the next best guess.
    public var nextSibling: Reference?
    /// The line that came after this one the last time.
    public var nextLine: Reference?
    /// How often the path was entered.
    public var calls: UInt64 = 0
    /// Time with this node on top, in ticks.
    public var selfTicks: UInt64 = 0
    /// What told the next line, as far as it fits; 0 for nothing.
    public var nextHint: UInt32 = 0
    @usableFromInline var idAndMarks: UInt32

    /// The key of what can be called no more; the root's as well.
    static let retired: UInt = 0

    init(key: UInt, parent: Reference?, id: UInt32) {
        (self.key, self.parent, idAndMarks) = (key, parent, id)
    }
}

/// A node fills a line of the processor's cache, so what is small shares a field.
extension CallNode {
    private static let resumableMark: UInt32 = 1 << 31
    private static let threadsMark: UInt32 = 1 << 30
    private static let marks = resumableMark | threadsMark

    /// Below 2³⁰, for the arena holds no more.
    public var id: UInt32 { idAndMarks & ~Self.marks }

    /// Whether a call only makes a generator or a coroutine, which then runs by resumptions.
    public var isResumable: Bool {
        get { idAndMarks & Self.resumableMark != 0 }
        set { mark(Self.resumableMark, newValue) }
    }

    /// Whether the function starts threads, which the tracer then has to follow.
    public var startsThreads: Bool {
        get { idAndMarks & Self.threadsMark != 0 }
        set { mark(Self.threadsMark, newValue) }
    }

    private mutating func mark(_ bit: UInt32, _ isSet: Bool) {
        idAndMarks = isSet ? idAndMarks | bit : idAndMarks & ~bit
    }
}

/// A thread's calls as a tree, driven by events: what all tracing designs share.
///
/// Time is charged to the node that was on top since the last event. Nothing is allocated where a
/// path has been seen before. One thread writes; another may read counts at any time and be one
/// event behind.
public struct CallTree {
    /// What the log has to be told: a new node, below its parent.
    public typealias OnNewNode = (_ node: CallNode.Reference, _ parent: CallNode.Reference) -> Void

    public let root: CallNode.Reference
    /// The function that is running.
    @usableFromInline var top: CallNode.Reference
    /// When the last event came, in ticks; the largest number before the first.
    @usableFromInline var lastEvent: UInt64
    var table: CallNodeTable
    /// Where every event is taken down; `nil` where only counts are wanted.
    @usableFromInline var events: CallEvents.Reference?
    private var arena = CallNodeArena()

    /// - Parameter now: in ticks; `nil` where the first event tells.
    public init(now: UInt64?, events: CallEvents.Reference? = nil) {
        self.events = events
        root = arena.make(key: CallNode.retired, parent: nil)
        top = root
        lastEvent = now ?? .max
        table = CallNodeTable()
    }

    /// The path that is running.
    @inlinable
    public var current: CallNode.Reference { top }

    /// How many nodes there are, the root included; their ids are below it.
    public var count: Int { arena.count }

    /// Enters a function that was called before from here; false where the path is new.
    @inlinable @inline(__always)
    public mutating func enterKnown(_ key: UInt, now: UInt64) -> Bool {
        guard var child = top.pointee.recentChild else { return false }
        if child.pointee.key != key {
            guard let next = child.pointee.nextSibling, next.pointee.key == key else { return false }
            child = next
            top.pointee.recentChild = child
        }
        charge(until: now)
        child.pointee.calls &+= 1
        top = child
        machine_prefetch(child.pointee.recentChild)
        return true
    }

    /// Enters a function; `onNew` is called where the path is new.
    public mutating func enter(_ key: UInt, now: UInt64, onNew: OnNewNode) {
        charge(until: now)
        let parent = top
        let child = table.find(key, under: parent) ?? add(key, under: parent, onNew)
        parent.pointee.recentChild?.pointee.nextSibling = child
        parent.pointee.recentChild = child
        child.pointee.calls &+= 1
        top = child
    }

    /// Enters a function that was called before tracing began: its time counts, its call does not.
    public mutating func resume(_ key: UInt, onNew: OnNewNode) {
        top = table.find(key, under: top) ?? add(key, under: top, onNew)
    }

    /// Leaves all functions, without charging the time since the last event to any.
    public mutating func leaveAll(now: UInt64) {
        let begin = lastEvent
        top = root
        lastEvent = now
        if let events, now > begin { lastEvent = events.pointee.append(root.pointee.id, from: begin, to: now) }
    }

    /// Counts the function on top as called after all: tracing began as it was entered.
    public mutating func countEntry() { top.pointee.calls += 1 }

    /// Leaves the function on top. A return from a call that was never seen leaves the tree as it is.
    @inlinable @inline(__always)
    public mutating func leave(now: UInt64) {
        charge(until: now)
        machine_prefetch(top.pointee.nextSibling)
        if let parent = top.pointee.parent { top = parent }
    }

    /// Leaves the function on top as if it had not been entered just now.
    @inlinable @inline(__always)
    public mutating func takeBackEntry() {
        top.pointee.calls &-= 1
        if let parent = top.pointee.parent { top = parent }
    }

    /// Charges the time since the last event to the node on top.
    @inlinable @inline(__always)
    public mutating func charge(until now: UInt64) {
        // Counters of two processors may be a few ticks apart; time never runs backwards here.
        guard now > lastEvent else {
            if lastEvent == .max { lastEvent = now }
            return
        }
        top.pointee.selfTicks &+= now &- lastEvent
        lastEvent = events.map { $0.pointee.append(top.pointee.id, from: lastEvent, to: now) } ?? now
    }

    /// What every node has counted, the time since the last event charged to the one on top.
    ///
    /// - Parameter now: in ticks; `nil` for a thread that has ended, and so is in no function any more.
    public func counts(now: UInt64?) -> [CallCount] {
        let running = top.pointee.id
        let open = now.map { $0 > lastEvent ? $0 &- lastEvent : 0 } ?? 0
        return arena.nodes().map { node in
            let isRunning = node.pointee.id == running
            return CallCount(
                node: node.pointee.id, calls: node.pointee.calls,
                selfTicks: node.pointee.selfTicks &+ (isRunning ? open : 0))
        }
    }

    /// Has paths of functions that are gone keep what they counted, and no other function that comes to an address take
    /// them for its own.
    ///
    /// - Parameter keys: of functions that are on top or open nowhere.
    public func retire(_ keys: Set<UInt>) {
        for node in arena.nodes() where keys.contains(node.pointee.key) { node.pointee.key = CallNode.retired }
    }

    /// Gives all of it back, when no event can come and nobody reads any more.
    public func deallocate() {
        if let events {
            events.pointee.deallocate()
            events.deallocate()
        }
        arena.deallocate()
        table.deallocate()
    }

    /// Writes the events that are kept: of a thread that has none any more, or by the thread itself.
    public func writeEvents() { events?.pointee.write() }

    /// Asks that the next event writes all that are kept. Any thread may ask.
    public func hurryEvents() { events?.pointee.hurry() }

    mutating func add(_ key: UInt, under parent: CallNode.Reference, _ onNew: OnNewNode) -> CallNode.Reference {
        let node = arena.make(key: key, parent: parent)
        table.insert(node)
        onNew(node, parent)
        return node
    }
}
