/// A stack with its weights.
///
/// A sampler writes one for each thread and tick; a tracer one for each node of a thread's call tree.
public struct Sample: Sendable, Equatable {
    public var stack: StackID
    /// Index in `Profile.threads`.
    public var thread: Int
    /// The number of the tick that saw it, counted over the ticks that were due in its process; `nil` for tracers.
    public var tick: Int?
    /// When it was taken, in nanoseconds since the run began; `nil` for tracers.
    public var instant: Int64?
    /// 1 for a sampler's sample; for a tracer's node the number of calls, or, where it is at a line, how often
    /// that was run.
    public var count: Int64
    /// The time that this sample stands for: for tracers the measured self time of the node, for
    /// samplers the thread's part of the tick (equal parts on the wall clock, CPU time on the cpu clock).
    public var nanoseconds: Int64
    /// Whether a periodic schedule moved this tick on purpose, to detect lockstep.
    public var isProbe: Bool
    /// CPython's name of the instruction on top, such as `CALL`; `nil` where it is not known.
    public var opcode: String?
    /// What the function on top was calling in C, or the interpreter doing for it, by its qualified name; `nil` for neither, and
    /// where it is not known. A sampler names it beside the stack, whose times so stay what they are without: its caller's.
    public var called: String?
    /// Whether its thread waited at that instant, for more than a processor; false where it is not known.
    public var isWaiting: Bool
    /// The task that its thread ran; `nil` where it ran none, or the program has none.
    public var task: RunningTask?

    public init(
        stack: StackID, thread: Int, tick: Int? = nil, instant: Int64? = nil, count: Int64,
        nanoseconds: Int64, isProbe: Bool = false, opcode: String? = nil, called: String? = nil,
        isWaiting: Bool = false, task: RunningTask? = nil
    ) {
        self.stack = stack
        self.thread = thread
        self.tick = tick
        self.instant = instant
        self.count = count
        self.nanoseconds = nanoseconds
        self.isProbe = isProbe
        self.opcode = opcode
        self.called = called
        self.isWaiting = isWaiting
        self.task = task
    }
}

/// A thread of the profiled program.
public struct ThreadLife: Sendable, Equatable {
    /// The kernel's number of the thread.
    public var id: Int64
    public var name: String
    /// Its life (`wall`) or CPU time (`cpu`), in nanoseconds.
    public var nanoseconds: Int64
    /// Index in `Profile.processes`; 0 where those are not listed.
    public var process: Int

    public init(id: Int64, name: String, nanoseconds: Int64, process: Int = 0) {
        self.id = id
        self.name = name
        self.nanoseconds = nanoseconds
        self.process = process
    }
}
