import ProfileModel
import Statistics

/// The shares of functions, lines and threads of a run that goes on, with intervals that hold at every look.
public struct LiveShares {
    private var totals = WatchedTotals()
    private var functions = WatchedPlaces()
    private var lines = WatchedPlaces()
    private var threads = WatchedPlaces()
    private var seconds = 0.0
    /// By stack: its function and its line, by their numbers; −1 for none.
    private var functionOfStack: [Int] = []
    private var lineOfStack: [Int] = []
    private var lineNumbers: [SourceLine: Int] = [:]
    private var lineKeys: [SourceLine] = []

    /// The whole chance that an interval of a view ever fails.
    private static let error = 0.05

    public init() {}

    /// Adds what ticks saw, in order.
    public mutating func add(_ ticks: [WatchedTick], of profile: Profile) {
        addStacks(of: profile)
        for tick in ticks {
            let (weight, lost) = (Double(tick.seen.count), Double(tick.lost))
            functions.add(tick.seen.map { functionOfStack[$0.stack.index] }, weight: weight, lost: lost, before: totals)
            lines.add(tick.seen.map { lineOfStack[$0.stack.index] }, weight: weight, lost: lost, before: totals)
            threads.add(tick.seen.map(\.thread), weight: weight, lost: lost, before: totals)
            totals.add(weight: weight, lost: lost, edges: Double(tick.edges))
            functions.rest(totals)
            lines.rest(totals)
            threads.rest(totals)
        }
        seconds = profile.seconds
    }

    /// A C function has no line, so that its time is its caller's line's.
    private mutating func addStacks(of profile: Profile) {
        for stack in functionOfStack.count..<max(functionOfStack.count, profile.stacks.count) {
            guard let leaf = profile.stacks.leaf(of: StackID(stack)) else {
                functionOfStack.append(-1)
                lineOfStack.append(-1)
                continue
            }
            let location = profile.locations[leaf.index]
            let function = profile.functions[location.function.index]
            functionOfStack.append(location.function.index)
            let caller = lineOfStack[profile.stacks.parent(of: StackID(stack)).index]
            lineOfStack.append(function.file.map { number(of: $0, location.line) } ?? caller)
        }
    }

    private mutating func number(of file: String, _ line: Int) -> Int {
        guard line > 0 else { return -1 }
        let key = SourceLine(file: file, line: line)
        if let known = lineNumbers[key] { return known }
        lineNumbers[key] = lineKeys.count
        lineKeys.append(key)
        return lineKeys.count - 1
    }

    // MARK: Findings

    /// The greatest shares of one kind of places.
    public func findings(by view: LiveView, rows: Int, of profile: Profile) -> LiveFindings {
        var findings = LiveFindings(view, .init(profile), design: profile.design, clock: profile.clock)
        (findings.seconds, findings.ticks, findings.lostPart) = (seconds, Int(totals.ticks), totals.lostPart)
        let places = places(view)
        let sequences = places.sequences(totals)
        let order = order(of: sequences)
        let bounds = order.prefix(rows).map { at in
            self.bounds(of: sequences[at], number: at + 1, findings.certainty, profile)
        }
        findings.rows = zip(order, bounds).map { at, bounds in
            var row = row(view, places.keys[at], profile)
            row.share = Estimate(share: sequences[at].share(of: totals), low: bounds?.low, high: bounds?.high)
            return row
        }
        findings.more = max(0, order.count - rows)
        // All others, and one that was never seen, have no greater share than this may have.
        let rest = order.dropFirst(rows).map { sequences[$0] } + [PlaceSequence(unseenIn: totals)]
        let greatest = PlaceSequence.greatest(rest).flatMap {
            self.bounds(of: $0, number: order.count + 1, findings.certainty, profile)
        }
        findings.markCertain(below: bounds + [greatest])
        return findings
    }

    /// The greatest share first.
    private func order(of sequences: [PlaceSequence]) -> [Int] {
        let shares = sequences.map { $0.share(of: totals) ?? 0 }
        return shares.indices.sorted { (shares[$1], $0) < (shares[$0], $1) }
    }

    private func places(_ view: LiveView) -> WatchedPlaces {
        switch view {
        case .function: functions
        case .line: lines
        case .thread: threads
        }
    }

    private func bounds(
        of place: PlaceSequence, number: Int, _ certainty: LiveFindings.Certainty, _ profile: Profile
    ) -> Bounds? {
        guard certainty == .sequence else { return nil }
        let error = Self.error * ShareSequence.partOfError(ofPlace: number)
        if profile.schedule == .poisson { return ShareSequence.poisson(place, totals, error: error) }
        return profile.clock == .cpu
            ? ShareSequence.jitteredRunning(place, totals, error: error)
            : ShareSequence.jittered(place, totals, error: error)
    }

    private func row(_ view: LiveView, _ key: Int, _ profile: Profile) -> LiveFindings.Row {
        let share = Estimate(share: nil)
        switch view {
        case .function:
            let function = profile.functions[key]
            return .init(name: function.qualname, file: function.file, line: function.line, share: share)
        case .line: return .init(name: "", file: lineKeys[key].file, line: lineKeys[key].line, share: share)
        case .thread: return .init(name: profile.threads[key].name, file: nil, line: 0, share: share)
        }
    }
}

extension LiveFindings {
    /// Of a tracer, which has counted all that has ended.
    public init(counted profile: Profile, by view: LiveView, rows: Int) throws(AnalysisError) {
        let run = try RunAnalysis.findings(of: profile)
        self.init(view, .counted, design: profile.design, clock: profile.clock)
        seconds = profile.seconds
        let all: [Row] =
            switch view {
            case .function:
                run.functions.map { .init(name: $0.qualname, file: $0.file, line: $0.line, share: $0.`self`) }
            case .line: run.lines.map { .init(name: "", file: $0.file, line: $0.line, share: $0.`self`) }
            case .thread:
                run.threads.map { .init(name: $0.name, file: nil, line: 0, share: Estimate(share: $0.share)) }
            }
        self.rows = Array(all.prefix(rows))
        more = all.count - self.rows.count
    }

    /// Marks the first rows for as long as each one's least share is above the greatest of every place behind it.
    ///
    /// - Parameter bounds: of all places, those of the rows first.
    fileprivate mutating func markCertain(below bounds: [Bounds?]) {
        var greatest = [Double](repeating: 0, count: bounds.count + 1)
        for at in bounds.indices.reversed() { greatest[at] = max(greatest[at + 1], bounds[at]?.high ?? 1) }
        for at in rows.indices {
            guard let low = bounds[at]?.low, low > greatest[at + 1] else { return }
            rows[at].isCertain = true
        }
    }
}

extension LiveFindings.Certainty {
    fileprivate init(_ profile: Profile) {
        switch IntervalMethod(profile) {
        case .jittered, .poisson: self = .sequence
        case .measured: self = .counted
        case .instantsNotOurs: self = .instantsNotOurs
        case .periodic: self = .periodic
        case .unknownSchedule: self = .unknownSchedule
        }
    }
}
