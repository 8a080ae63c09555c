import ProfileModel

/// What one design costs a program, by a duet.
public struct OverheadFinding: Encodable, Sendable, Equatable {
    public var name: String
    public var kind: Kind
    /// Ticks a second; null for designs that trace.
    @ExplicitNull public var rate: Double?
    /// Wall time of a pass with the design on over one with it off.
    public var running: Ratio
    /// The same of the CPU time of the whole process, swprof's own threads included; null where the passes used none.
    @ExplicitNull public var cpu: Ratio?
    /// The same of the CPU time of the thread that ran the passes.
    @ExplicitNull public var threadCPU: Ratio?
    /// What swprof runs beside the program; null where nothing could be measured.
    @ExplicitNull public var own: OwnCost?
    /// What swprof adds before the program starts and after it ends; null where that was not measured.
    @ExplicitNull public var start: StartCost?
    public var pairs: Int
    /// How the pairs were put together for the interval of `running`.
    public var blocks: Blocks
    public var carryOver: CarryOver
    public var selfTest: SelfTest
    /// Of a pass with the design off: how often it calls the function, and its mean length in seconds.
    public var pass: Pass
    /// How the intervals were made, in words.
    public var interval: String
    public var caveats: [Caveat] = []

    /// Confidence 95 %.
    public struct OwnCost: Encodable, Sendable, Equatable {
        public var cpuSecondsPerSecond: Double
        @ExplicitNull public var low: Double?
        @ExplicitNull public var high: Double?

        public init(cpuSecondsPerSecond: Double, low: Double?, high: Double?) {
            (self.cpuSecondsPerSecond, self.low, self.high) = (cpuSecondsPerSecond, low, high)
        }
    }

    /// Of `swprof run` on a script that does nothing, over the interpreter alone.
    public struct StartCost: Encodable, Sendable, Equatable {
        public var seconds: Double
        @ExplicitNull public var low: Double?
        @ExplicitNull public var high: Double?
        public var rounds: Int

        public init(seconds: Double, low: Double?, high: Double?, rounds: Int) {
            (self.seconds, self.low, self.high, self.rounds) = (seconds, low, high, rounds)
        }
    }

    public struct Blocks: Encodable, Sendable, Equatable {
        public var count: Int
        @ExplicitNull public var correlationOfPairs: Double?
        @ExplicitNull public var correlationOfBlocks: Double?

        public init(count: Int, correlationOfPairs: Double?, correlationOfBlocks: Double?) {
            self.count = count
            self.correlationOfPairs = correlationOfPairs
            self.correlationOfBlocks = correlationOfBlocks
        }
    }

    /// The design on against itself, switched off and on between the two, and off against off; both should hold 1.
    /// Null where there are too few pairs for an interval.
    public struct SelfTest: Encodable, Sendable, Equatable {
        @ExplicitNull public var on: Ratio?
        @ExplicitNull public var off: Ratio?

        public init(on: Ratio?, off: Ratio?) { (self.on, self.off) = (on, off) }
    }

    public struct Pass: Encodable, Sendable, Equatable {
        public var calls: Int
        public var seconds: Double

        public init(calls: Int, seconds: Double) { (self.calls, self.seconds) = (calls, seconds) }
    }

    public init(
        name: String, kind: Kind, rate: Double?, running: Ratio, cpu: Ratio?, threadCPU: Ratio?, own: OwnCost?,
        start: StartCost?, pairs: Int, blocks: Blocks, carryOver: CarryOver, selfTest: SelfTest, pass: Pass,
        interval: String, caveats: [Caveat] = []
    ) {
        (self.name, self.kind, self.rate, self.pairs) = (name, kind, rate, pairs)
        (self.running, self.cpu, self.threadCPU, self.own, self.start) = (running, cpu, threadCPU, own, start)
        (self.blocks, self.carryOver, self.selfTest, self.pass) = (blocks, carryOver, selfTest, pass)
        (self.interval, self.caveats) = (interval, caveats)
    }
}
