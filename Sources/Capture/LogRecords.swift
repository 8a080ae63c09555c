/// A code object or C function that samples and call nodes refer to by `id`.
public struct CodeRecord: Sendable, Equatable {
    public enum Language: UInt8, Sendable { case python, c, gone }

    public var id: UInt32
    public var language: Language
    public var firstLine: Int32
    public var name: String
    public var qualname: String
    public var file: String
    /// CPython's location table (PEP 626, PEP 657), from which lines are told; empty for C functions.
    public var lineTable: [UInt8]
    /// The instructions as they stood when the code was first seen, two bytes each; empty for C functions.
    public var instructions: [UInt8]

    public init(
        id: UInt32, language: Language, firstLine: Int32, name: String, qualname: String, file: String,
        lineTable: [UInt8] = [],
        instructions: [UInt8] = []
    ) {
        self.id = id
        self.language = language
        self.firstLine = firstLine
        self.name = name
        self.qualname = qualname
        self.file = file
        self.lineTable = lineTable
        self.instructions = instructions
    }
}

/// One node of the samplers' prefix tree of stacks; node 0 is the empty stack.
public struct StackRecord: Sendable, Equatable {
    public var id: UInt32
    public var parent: UInt32
    public var code: UInt32
    /// Index of the instruction being executed, in code units; -1 before the first.
    public var instruction: Int32

    public init(id: UInt32, parent: UInt32, code: UInt32, instruction: Int32) {
        self.id = id
        self.parent = parent
        self.code = code
        self.instruction = instruction
    }
}

/// What a sampler saw of one thread at one tick.
public struct ThreadSample: Sendable, Equatable {
    public enum Outcome: UInt32, Sendable {
        case valid
        /// The thread was asked and has not answered, or not yet.
        case missed
        /// Its stack was looked at and could not be verified.
        case failed
        /// It answered late, and had run on since the tick: it blocked the signal.
        case moved
        /// The sampler itself came too late, and the thread had run on since the tick.
        case overtaken
    }

    /// Index of the thread, as in its `ThreadRecord`.
    public var thread: UInt32
    public var outcome: Outcome
    public var stack: UInt32
    /// CPU time of the thread since the last tick, in nanoseconds.
    public var cpu: Int64
    /// When its stack was seen, in nanoseconds on the monotonic clock.
    public var instant: Int64
    /// Whether it was on a processor at the tick, as far as the design can tell; on the wall clock also where it waited for
    /// nothing but a processor.
    public var isRunning: Bool
    /// The number of the task that it ran; see `TaskNames`.
    public var task: UInt32
    /// Whether it held the interpreter's lock; `nil` where that is not known.
    public var holdsLock: Bool?

    public init(
        thread: UInt32, outcome: Outcome, stack: UInt32, cpu: Int64, instant: Int64, isRunning: Bool = false,
        task: UInt32 = TaskNames.none, holdsLock: Bool? = nil
    ) {
        self.thread = thread
        self.outcome = outcome
        self.stack = stack
        self.cpu = cpu
        self.instant = instant
        self.isRunning = isRunning
        self.task = task
        self.holdsLock = holdsLock
    }
}

/// What a thread said of a tick after that tick was written down.
public struct LateAnswer: Sendable, Equatable {
    /// The number of the tick.
    public var tick: UInt64
    public var thread: UInt32
    public var outcome: ThreadSample.Outcome
    public var stack: UInt32
    /// When the thread answered, in nanoseconds on the monotonic clock.
    public var instant: Int64
    public var task: UInt32
    public var holdsLock: Bool?

    public init(
        tick: UInt64, thread: UInt32, outcome: ThreadSample.Outcome, stack: UInt32, instant: Int64,
        task: UInt32 = TaskNames.none, holdsLock: Bool? = nil
    ) {
        self.tick = tick
        self.thread = thread
        self.outcome = outcome
        self.stack = stack
        self.instant = instant
        self.task = task
        self.holdsLock = holdsLock
    }
}

/// One tick: when it was due, and all its threads' stacks. A tick at which nobody looked has no threads.
public struct TickRecord: Sendable, Equatable {
    public var number: UInt64
    public var due: Int64
    /// When the sampler looked, in nanoseconds since the run began; 0 where it did not.
    public var taken: Int64
    public var isProbe: Bool
    public var threads: [ThreadSample]
    /// Threads whose samples are as the last ones of theirs, as a log has it.
    var standing: Standing?

    struct Standing: Sendable, Equatable {
        var instant: Int64
        var ranges: [ClosedRange<UInt32>]
    }

    public init(number: UInt64, due: Int64, taken: Int64, isProbe: Bool, threads: [ThreadSample]) {
        self.number = number
        self.due = due
        self.taken = taken
        self.isProbe = isProbe
        self.threads = threads
    }
}

/// A thread's life so far; a later record of the same index replaces an earlier one.
public struct ThreadRecord: Sendable, Equatable {
    public var index: UInt32
    /// The kernel's number of the thread.
    public var id: Int32
    /// First and last seen, in nanoseconds on the monotonic clock.
    public var begin: Int64
    public var end: Int64
    /// CPU time within that life, in nanoseconds.
    public var cpu: Int64

    public init(index: UInt32, id: Int32, begin: Int64, end: Int64, cpu: Int64) {
        self.index = index
        self.id = id
        self.begin = begin
        self.end = end
        self.cpu = cpu
    }
}

/// A node of a thread's call tree; node 0 of each thread is its root, outside all calls.
public struct CallNodeRecord: Sendable, Equatable {
    public var thread: UInt32
    public var id: UInt32
    public var parent: UInt32
    public var code: UInt32
    /// Of a line of the function that the parent is; 0 for a function.
    public var line: UInt32

    public init(thread: UInt32, id: UInt32, parent: UInt32, code: UInt32, line: UInt32 = 0) {
        self.thread = thread
        self.id = id
        self.parent = parent
        self.code = code
        self.line = line
    }
}

/// What a call node has counted so far; later records replace earlier ones.
public struct CallCount: Sendable, Equatable {
    public var node: UInt32
    public var calls: UInt64
    /// Time with the node on top, in ticks of the run's clock.
    public var selfTicks: UInt64

    public init(node: UInt32, calls: UInt64, selfTicks: UInt64) {
        self.node = node
        self.calls = calls
        self.selfTicks = selfTicks
    }
}

/// Events of a thread in order, behind one another: until when which node of its call tree was on top.
public struct CallEventsRecord: Sendable, Equatable {
    public var thread: UInt32
    /// When the first node was on top, and until when the last one was, in ticks of the run's clock.
    public var begin: UInt64
    public var end: UInt64
    public var count: UInt32
    /// For each its length in ticks and its node, as `PackedNumber` has them.
    public var packed: [UInt8]

    public init(thread: UInt32, begin: UInt64, end: UInt64, count: UInt32, packed: [UInt8]) {
        (self.thread, self.begin, self.end, self.count, self.packed) = (thread, begin, end, count, packed)
    }
}

/// What the kernel says of the process so far; all times in nanoseconds.
public struct AccountRecord: Sendable, Equatable {
    /// On the monotonic clock.
    public var instant: Int64 = 0
    /// CPU time of the process, and of its children that ended and were waited for.
    public var cpu: Int64 = 0
    public var childrenCPU: Int64 = 0
    /// CPU time of our own threads in it.
    public var ownCPU: Int64 = 0
    /// Child processes that were seen or forked; others may have come and gone.
    public var children: Int64 = 0
    /// Threads that were seen and are not followed, and their CPU time.
    public var others: Int64 = 0
    public var othersCPU: Int64 = 0

    public init() {}
}

/// Everything that a capture log can say.
public enum LogRecord: Sendable, Equatable {
    case fact(key: String, value: String)
    case code(CodeRecord)
    case stack(StackRecord)
    case tick(TickRecord)
    /// A thread's part of an earlier tick, in the place of the `missed` that was written then.
    case answer(LateAnswer)
    case thread(ThreadRecord)
    case callNode(CallNodeRecord)
    case callCounts(thread: UInt32, counts: [CallCount])
    case callEvents(CallEventsRecord)
    case clock(ClockPair)
    case account(AccountRecord)
    /// What tasks of a number are called.
    case task(number: UInt32, name: String)
    /// A caveat that arose inside the program.
    case note(code: String, text: String)
    /// The design was stopped in good order, at this instant.
    case end(Int64)
}
