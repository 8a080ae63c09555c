import Statistics

/// What many replays say of all shares of one timeline.
public struct ReplayTally: Sendable {
    public private(set) var replays = 0
    private var own: [PlaceTally]
    private var total: [PlaceTally]
    private var lines: [PlaceTally]
    private var totalVariation: PlaceTally
    /// Ticks that saw a stack, and those that saw one that cannot be.
    private var ticks = 0
    private var stacks = 0
    private var impossible = 0

    public init(_ estimator: ReplayEstimator) {
        own = estimator.own.truth.map { _ in PlaceTally() }
        total = estimator.total.truth.map { _ in PlaceTally() }
        lines = estimator.lines.truth.map { _ in PlaceTally() }
        totalVariation = PlaceTally()
    }

    /// What a replay saw, beside its shares.
    public struct Sight: Sendable {
        public var ticks: Int
        public var stacks: Int
        public var impossible: Int
        /// Whether callers can be believed, and so total shares.
        public var hasWholeStacks: Bool

        public init(ticks: Int, stacks: Int, impossible: Int, hasWholeStacks: Bool) {
            (self.ticks, self.stacks, self.impossible) = (ticks, stacks, impossible)
            self.hasWholeStacks = hasWholeStacks
        }
    }

    public mutating func add(_ estimates: ReplayEstimator.Estimates, _ sight: Sight, of estimator: ReplayEstimator) {
        replays += 1
        ticks += sight.ticks
        stacks += sight.stacks
        impossible += sight.impossible
        let found = estimates(estimator.own)
        Self.add(found, estimator.own.truth, to: &own)
        if sight.hasWholeStacks { Self.add(estimates(estimator.total), estimator.total.truth, to: &total) }
        if !lines.isEmpty { Self.add(estimates(estimator.lines), estimator.lines.truth, to: &lines) }
        guard found.contains(where: { $0.share != nil }) else { return }
        totalVariation.add(
            Estimate(share: TotalVariation.between(found.map { $0.share ?? 0 }, estimator.own.truth)), truth: 0)
    }

    private static func add(_ estimates: [Estimate], _ truth: [Double], to tallies: inout [PlaceTally]) {
        for place in tallies.indices { tallies[place].add(estimates[place], truth: truth[place]) }
    }

    public mutating func add(_ other: ReplayTally) {
        replays += other.replays
        ticks += other.ticks
        stacks += other.stacks
        impossible += other.impossible
        for place in own.indices { own[place].add(other.own[place]) }
        for place in total.indices { total[place].add(other.total[place]) }
        for place in lines.indices { lines[place].add(other.lines[place]) }
        totalVariation.add(other.totalVariation)
    }

    /// Functions and lines, the greatest true share first.
    public func findings(_ estimator: ReplayEstimator) -> ReplayFindings {
        let functions = estimator.functions.indices.map { place in
            let function = estimator.functions[place]
            return SimulatedFunction(
                name: function.name, qualname: function.qualname, file: function.file, line: function.line,
                share: own[place].finding(truth: estimator.own.truth[place]),
                total: total[place].finding(truth: estimator.total.truth[place]))
        }
        let lines = estimator.lineKeys.indices.map { place in
            let line = estimator.lineKeys[place]
            return SimulatedLine(
                file: line.file, line: line.line, function: estimator.functionOfLine[line]?.name ?? "",
                share: self.lines[place].finding(truth: estimator.lines.truth[place]))
        }
        return ReplayFindings(
            ticks: replays > 0 ? Double(ticks) / Double(replays) : 0,
            functions: functions.filter { $0.total.truth > 0 }.sorted {
                ($1.share.truth, $0.name, $0.line) < ($0.share.truth, $1.name, $1.line)
            },
            lines: lines.filter { $0.share.truth > 0 || ($0.share.mean ?? 0) > 0 }.sorted {
                ($1.share.truth, $0.file, $0.line) < ($0.share.truth, $1.file, $1.line)
            },
            totalVariation: totalVariation.finding(truth: 0).bias,
            impossible: stacks > 0 ? Double(impossible) / Double(stacks) : nil)
    }
}
