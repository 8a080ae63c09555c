/// A stack with its weights.
///
/// A sampler writes one for each thread and tick; a tracer one for each node of a thread's call tree.
public struct Sample: Sendable, Equatable {
    public var stack: StackID
    private var threadIndex: UInt32
    private var tickNumber: Int
    private var nanosecondsIn: Int64
    /// 1 for a sampler's sample; for a tracer's node the number of calls, or, where it is at a line, how often
    /// that was run.
    public var count: Int64
    /// The time that this sample stands for: for tracers the measured self time of the node, for
    /// samplers the thread's part of the tick (equal parts on the wall clock, CPU time on the cpu clock).
    public var nanoseconds: Int64
    /// `nil` where there is nothing to say.
    public var note: SampleNote?
    /// Whether a periodic schedule moved this tick on purpose, to detect lockstep.
    public var isProbe: Bool
    /// Whether its thread waited at that instant, for more than a processor; false where it is not known.
    public var isWaiting: Bool
    /// Whether its thread held the interpreter's lock at that instant; `nil` where that is not known.
    public var holdsLock: Bool?

    /// Stands for no number: there are millions of samples, and an optional number takes twice its room.
    private static let none = Int.min

    public init(
        stack: StackID, thread: Int, tick: Int? = nil, instant: Int64? = nil, count: Int64,
        nanoseconds: Int64, isProbe: Bool = false, isWaiting: Bool = false, holdsLock: Bool? = nil,
        note: SampleNote? = nil
    ) {
        self.stack = stack
        threadIndex = UInt32(thread)
        tickNumber = tick ?? Self.none
        nanosecondsIn = instant ?? Int64(Self.none)
        self.count = count
        self.nanoseconds = nanoseconds
        self.isProbe = isProbe
        self.isWaiting = isWaiting
        self.holdsLock = holdsLock
        self.note = note
    }

    /// Index in `Profile.threads`.
    public var thread: Int {
        get { Int(threadIndex) }
        set { threadIndex = UInt32(newValue) }
    }

    /// The number of the tick that saw it, counted over the ticks that were due in its process; `nil` for tracers.
    public var tick: Int? {
        get { tickNumber == Self.none ? nil : tickNumber }
        set { tickNumber = newValue ?? Self.none }
    }

    /// When it was taken, in nanoseconds since the run began; `nil` for tracers.
    public var instant: Int64? {
        get { nanosecondsIn == Int64(Self.none) ? nil : nanosecondsIn }
        set { nanosecondsIn = newValue ?? Int64(Self.none) }
    }

    public var opcode: String? { note?.opcode }
    public var called: String? { note?.called }
    public var task: RunningTask? { note?.task }
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
    /// What a sample of it stands for that borders no lost tick, in nanoseconds; 0 where that is not known.
    public var tick: Int64

    public init(id: Int64, name: String, nanoseconds: Int64, process: Int = 0, tick: Int64 = 0) {
        self.id = id
        self.name = name
        self.nanoseconds = nanoseconds
        self.process = process
        self.tick = tick
    }
}
