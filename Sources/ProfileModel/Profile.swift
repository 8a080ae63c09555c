/// The common model: what any design, and any tool whose format is read, says of one run.
public struct Profile: Sendable, Equatable {
    /// The design's name (`signal`), or the tool's for a foreign profile.
    public var design: String
    public var kind: Kind
    public var clock: Clock
    /// `nil` for tracers and for foreign profiles that do not say.
    public var schedule: Schedule?
    /// Ticks a second that were asked for; `nil` for tracers.
    public var rate: Double?
    /// Whether the design chose its instants itself; where the program does, no interval is valid.
    public var instantsAreOwn = true
    /// Whether its samples tell who ran what, and who waited.
    public var kindsTold = KindsTold.none

    /// The interpreter's version, such as `3.11.2`.
    public var python = ""
    /// The script and its arguments.
    public var program: [String] = []
    /// Folders and files whose code is the user's own, the program's folder first; none where it is not known.
    public var own: [String] = []
    /// The program's exit status; `nil` where it is not known.
    public var exit: Int?
    /// Wall time of the profiled part, in seconds.
    public var seconds = 0.0

    public var functions: [Function] = []
    public var locations: [Location] = []
    public var stacks = StackTable()
    public var samples: [Sample] = []
    /// Whether samples' counts are numbers of samples, or of calls; not where a file holds their time alone.
    public var countsAreKnown = true
    /// Whether times are in seconds; a file of bare numbers tells shares alone.
    public var secondsAreKnown = true
    /// By file and line number, what stood on lines that were seen; none where the source was not at hand.
    public var marks: [String: [Int: LineMark]] = [:]
    public var threads: [ThreadLife] = []
    /// The program's own process, and its children in the order in which they began; none where children are not followed.
    public var processes: [ProcessLife] = []
    /// Only of tools that tell no whole stacks.
    public var inclusive: InclusiveTimes?
    /// What the kernel says of the process; `nil` for foreign profiles.
    public var account: ProcessAccount?
    /// Only sampling runs have one.
    public var ledger: Ledger?
    /// Only tracing runs have them, and only where the design was calibrated.
    public var probeCosts: ProbeCosts?
    public var caveats: [Caveat] = []
    /// The environment that the run took place in: name → value.
    public var audit: [String: String] = [:]
    /// The name in the audit of the process that ran already when profiling began; there is none where swprof started it.
    public static let attachedTo = "attached to"

    public init(design: String, kind: Kind, clock: Clock = .wall) {
        self.design = design
        self.kind = kind
        self.clock = clock
    }

    /// The sum over threads of their life or CPU time, in nanoseconds: what every share is a part of.
    public var threadTime: Int64 { threads.reduce(0) { $0 + $1.nanoseconds } }

    /// What became of the ticks of each process, in the order of `processes`; of the program's own alone where children are not followed.
    public var ledgers: [Ledger?] { processes.count > 1 ? processes.map(\.ledger) : [ledger] }

    /// Whether a tracer's sample tells of a line of its function, and so counts no calls.
    public func isLine(_ sample: Sample) -> Bool {
        guard kind == .tracing, let leaf = stacks.leaf(of: sample.stack) else { return false }
        return locations[leaf.index].line > 0
    }

    /// Whether it says how long each function ran without its callees.
    public var tellsSelfTime: Bool { inclusive?.includeAll != true }

    public func function(at location: LocationID) -> Function {
        functions[locations[location.index].function.index]
    }
}
