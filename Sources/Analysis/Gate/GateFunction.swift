import Statistics

/// What became of one function's time, in seconds.
public struct GateFunction: Encodable, Sendable, Equatable {
    /// A change with an interval that holds for this function over all looks with 95 %.
    public struct Change: Encodable, Sendable, Equatable {
        public var seconds: Double
        public var low: Double
        public var high: Double

        public init(seconds: Double, low: Double, high: Double) {
            (self.seconds, self.low, self.high) = (seconds, low, high)
        }
    }

    /// Time with all that it calls.
    public struct Total: Encodable, Sendable, Equatable {
        public var before: Double
        public var after: Double
        public var change: Change

        public init(before: Double, after: Double, change: Change) {
            (self.before, self.after, self.change) = (before, after, change)
        }
    }

    /// Time that stood in other functions before.
    public struct Moved: Encodable, Sendable, Equatable {
        public var seconds: Double
        /// Qualified names, the one that gave most first.
        public var from: [String]

        public init(seconds: Double, from: [String]) { (self.seconds, self.from) = (seconds, from) }
    }

    /// By which of its times a function fails.
    public enum Kind: String, Encodable, Sendable {
        case own = "self"
        case total
    }

    public var name: String
    public var qualname: String
    /// From the project's folder on.
    public var file: String
    @ExplicitNull public var line: Int?
    /// Whether it is the project's own code.
    public var isOwn: Bool
    /// Self seconds, with the C functions that it calls.
    public var before: Double
    public var after: Double
    public var change: Change
    /// The change as a part of the whole program's time before.
    public var share: Double
    public var total: Total
    /// Of its own time growing by more than the limit, adjusted for the number of tests of this look.
    public var p: Double
    public var verdict: GateVerdict
    @ExplicitNull public var failsBy: Kind?
    @ExplicitNull public var moved: Moved?

    public init(
        qualname: String, file: String, line: Int?, isOwn: Bool, before: Double, after: Double, change: Change,
        share: Double, total: Total, p: Double, verdict: GateVerdict, failsBy: Kind? = nil, moved: Moved? = nil
    ) {
        name = MatchedFunction(file: file, qualname: qualname).name
        (self.qualname, self.file, self.isOwn) = (qualname, file, isOwn)
        (self.before, self.after, self.change, self.share) = (before, after, change, share)
        (self.total, self.p, self.verdict) = (total, p, verdict)
        (self.line, self.failsBy, self.moved) = (line, failsBy, moved)
    }
}

extension GateFunction {
    init(
        _ function: MatchedFunction, _ series: FunctionChanges.Series, _ tested: FunctionJudging.Tested, line: Int?,
        whole: Double, error: Double
    ) {
        self.init(
            qualname: function.qualname, file: function.file, line: line, isOwn: line != nil, before: series.before.own,
            after: series.after.own, change: Change(tested.own, error: error),
            share: whole > 0 ? tested.own.value / whole : 0,
            total: Total(
                before: series.before.total, after: series.after.total, change: Change(tested.total, error: error)),
            p: tested.ownP, verdict: .undecided)
    }

    /// Whether it surely became faster.
    public var isFaster: Bool { change.high < 0 }
}

extension GateFunction: Comparable {
    /// What fails comes first, then what is undecided; own code before that of others; then by how much it grew.
    public static func < (a: Self, b: Self) -> Bool {
        (a.rank, a.isOwn ? 0 : 1, -a.change.seconds, a.qualname, a.file)
            < (b.rank, b.isOwn ? 0 : 1, -b.change.seconds, b.qualname, b.file)
    }

    private var rank: Int {
        switch verdict {
        case .fail: failsBy == .own ? 0 : 1
        case .undecided: 2
        case .pass: moved == nil ? 4 : 3
        }
    }
}

extension GateFunction.Change {
    init(_ mean: StudentMean, error: Double) {
        let bounds = mean.bounds(error: error)
        self.init(seconds: mean.value, low: bounds.low, high: bounds.high)
    }
}
