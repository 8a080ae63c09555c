import ProfileModel
import Statistics

/// What one profile of one run says.
public enum RunAnalysis {
    /// The shares of every function, line and thread, with intervals where they are valid.
    ///
    /// - Parameters:
    ///   - within: the bare or qualified name of the function whose time, callees included, the
    ///     shares are parts of; `nil` for the whole thread-time.
    ///   - time: the part of the time that all this is of, by what the threads did.
    /// - Throws: `AnalysisError` where no sample has such a function on its stack, or none is of that time, or which are is not told.
    public static func findings(
        of whole: Profile, within: String? = nil, time: TimeScope? = nil
    ) throws(AnalysisError) -> RunFindings {
        let profile = try whole.restricted(to: time)
        let run = RunUnderAnalysis(profile, try Scope(profile, within: within))
        var findings = RunFindings(
            design: profile.design, kind: profile.kind, clock: profile.clock, schedule: profile.schedule,
            rate: profile.rate, within: within, python: profile.python, program: profile.program,
            exit: profile.exit, seconds: profile.seconds, ledger: profile.ledger, estimand: .thisRun,
            interval: "", audit: profile.audit)
        (findings.time, findings.timeShare) = (time, time.map(whole.share))
        findings.functions = run.functionFindings()
        findings.lines = run.lineFindings()
        findings.threads = run.threadFindings()
        findings.processes = run.processFindings()
        findings.tree = FoldedTree(profile, run.scope, run.estimator)
        findings.kinds = KindAnalysis.findings(profile, run.scope, run.method)
        findings.opcodes = OpcodeAnalysis.findings(profile, run.scope, run.method)
        if let byTask = TaskAnalysis(profile, run.scope) {
            (findings.tasks, findings.taskless) = (byTask.tasks, byTask.taskless)
        }
        findings.interval = run.method.words(findings.intervals)
        findings.ranks = run.ranks()
        findings.calibration = run.compensation.map { DesignCosts(name: profile.design, $0.costs) }
        if !profile.secondsAreKnown { findings.forgetSeconds() }
        findings.account([whole])
        findings.unseen = run.sampled.flatMap { UnseenFinding($0, run.places.functionSelf, profile.ledger) }
        let caveats =
            run.caveats() + [findings.ranks?.caveat, time.flatMap(whole.caveat)].compactMap { $0 }
            + CompensationCaveats.caveats(
                findings.functions, lines: findings.lines, run.compensation?.costs ?? profile.unusedCosts,
                design: profile.design)
        findings.caveats =
            profile.caveats + (findings.unaccounted?.caveats ?? [])
            + caveats.filter { !profile.caveats.contains($0) }
        return findings
    }
}

extension RunFindings {
    /// Whose intervals its figures have.
    fileprivate var intervals: Set<BinomialInterval.Method> {
        var words: Set<String?> = []
        for function in functions { words.formUnion([function.`self`.interval, function.total.interval]) }
        for line in lines { words.formUnion([line.`self`.interval, line.total.interval]) }
        for opcode in opcodes { words.insert(opcode.`self`.interval) }
        for task in tasks ?? [] { words.insert(task.`self`.interval) }
        for kind in kinds { words.insert(kind.`self`.interval) }
        let folded = (tree?.rows.map(\.total) ?? []) + (tree?.lines.map(\.time) ?? []) + (tree?.parts.map(\.time) ?? [])
        words.formUnion(folded.map(\.interval))
        return Set(words.compactMap { $0.flatMap(BinomialInterval.Method.init) })
    }

    /// Adds what is in no figure, and lets the worst cases allow for it.
    fileprivate mutating func account(_ profiles: [Profile]) {
        unaccounted = Unaccounted(profiles, lostNames: functions.partWithoutName)
        guard let unaccounted else { return }
        unaccounted.raiseTotals(&functions, &lines)
        tree?.raiseTotals(by: unaccounted.cutStacks)
        guard within == nil, time == nil else { return }
        unaccounted.widen(&functions, &lines)
        tree = tree?.widened(by: unaccounted.share)
        tasks = tasks?.map { $0.widened(by: unaccounted.share) }
        taskless = taskless?.widened(by: unaccounted.share)
    }
}

extension Profile {
    /// Sound costs of a tracer that make its times no better.
    fileprivate var unusedCosts: ProbeCosts? {
        probeCosts.flatMap { kind == .tracing && $0.isSound && !$0.improves ? $0 : nil }
    }
}

/// A profile with all that its figures are made from.
private struct RunUnderAnalysis {
    let profile: Profile
    let scope: Scope
    let method: IntervalMethod
    let places: RunPlaces
    let load: StackLoad
    /// `nil` for tracers and for profiles without ticks.
    let sampled: SampledShares?
    let estimator: any ShareEstimator
    /// Of calibrated tracers.
    let compensation: RunCompensation?
    let reported: ReportedTimes

    init(_ profile: Profile, _ scope: Scope) {
        self.profile = profile
        self.scope = scope
        reported = ReportedTimes(profile)
        method = IntervalMethod(profile)
        places = RunPlaces(profile)
        load = StackLoad(profile, scope, WeightUnit(profile))
        compensation = RunCompensation(profile, scope, load)
        if profile.isOfTicks {
            let sampled = SampledShares(
                TickSeries(profile, scope), method: method, ledger: profile.ledger,
                secondsPerWeight: load.secondsPerWeight)
            self.sampled = sampled
            estimator = sampled
        } else {
            sampled = nil
            estimator = SummedShares(load)
        }
    }

    func functionFindings() -> [FunctionFinding] {
        let seen = seen(places.functionTotal)
        let onTop = estimator.selfShares(places.functionSelf, functions: seen.count)
        let anywhere = measuredTotals() ?? estimator.estimates(places.functionTotal)
        let compensated = compensation.map { ($0.estimates(places.functionSelf), $0.estimates(places.functionTotal)) }
        let kinds = kindsOfFunctions()
        let calls = reported.calls ? events(places.functions)?.calls : nil
        let ofPython = seen.map { place in
            let function = places.functions.keys[place]
            return FunctionFinding(
                name: function.name, qualname: function.qualname, file: function.file, line: function.line,
                calls: calls?[place],
                self: onTop[place].estimate.known(reported.selfTimes).beside(compensated?.0[place]),
                total: anywhere[place].known(reported.functionTotals).beside(compensated?.1[place]),
                designEffect: onTop[place].designEffect, detectable: onTop[place].detectable
            ).with(kinds, of: Int32(place))
        }
        return (ofPython + CalledAnalysis.findings(profile, scope, method)).sorted(
            by: { ($0.`self`.descending, $0.name, $0.file ?? "", $0.line) }, <)
    }

    private func kindsOfFunctions() -> FunctionKinds? {
        let onTop = places.functionSelf.onlyPlaces
        return FunctionKinds(profile, scope) { onTop[$0.stack.index] < 0 ? nil : onTop[$0.stack.index] }
    }

    func lineFindings() -> [LineFinding] {
        let onTop = estimator.estimates(places.lineSelf)
        let anywhere = estimator.estimates(places.lineTotal)
        let compensated = compensation.map { ($0.estimates(places.lineSelf), $0.estimates(places.lineTotal)) }
        let functions = profile.functionOfLine
        let hits = profile.countsAreKnown ? events(places.lines)?.hits : nil
        return seen(places.lineTotal).map { place in
            let line = places.lines.keys[place]
            return LineFinding(
                file: line.file, line: line.line, function: functions[line]?.name ?? "", hits: hits?[place],
                self: onTop[place].known(reported.selfTimes).beside(compensated?.0[place]),
                total: anywhere[place].known(reported.lineTotals).beside(compensated?.1[place]))
        }.sorted(by: { ($0.`self`.descending, $0.file, $0.line) }, <)
    }

    /// By place, times with callees as the tool measured them; `nil` where they follow from stacks.
    /// A sampler's file may tell lives that are longer than what it saw of them: then its totals stand for as much more as its samples.
    private func measuredTotals() -> [Estimate]? {
        guard let totals = reported.measuredTotals(profile.functions) else { return nil }
        let seen = profile.samples.reduce(0.0) { $0 + Double(max(0, $1.nanoseconds)) }
        let stretch = profile.kind == .sampling && seen > 0 ? load.wholeTime / seen : 1
        return places.functions.keys.map { function in
            let seconds = (totals[function] ?? 0) / 1e9 * stretch
            let weight = load.secondsPerWeight > 0 ? seconds / load.secondsPerWeight : 0
            return Estimate(share: load.whole > 0 ? min(1, weight / load.whole) : nil, seconds: seconds)
        }
    }

    /// Under a function, the parts that its threads have in its time; else in the thread-time.
    func threadFindings() -> [ThreadFinding] {
        let whole = secondsOfThreads.reduce(0, +)
        return zip(profile.threads, secondsOfThreads).map { thread, seconds in
            ThreadFinding(
                id: thread.id, name: thread.name, seconds: seconds, share: whole > 0 ? seconds / whole : nil,
                process: profile.processes.isEmpty ? nil : profile.processes[thread.process].id)
        }
    }

    /// `nil` where children were not followed.
    func processFindings() -> [ProcessFinding]? {
        profile.processes.isEmpty ? nil : [ProcessFinding](profile, parts: secondsOfThreads)
    }

    private var secondsOfThreads: [Double] {
        scope.within == nil
            ? profile.threads.map { Double(max(0, $0.nanoseconds)) / 1e9 }
            : load.weightOfThread.map { $0 * load.secondsPerWeight }
    }

    /// How sure the hottest function is; `nil` where no interval is valid.
    func ranks() -> RankFinding? {
        guard let sampled, method.isValid else { return nil }
        let noise = SamplingNoise(
            sampled.series, placeOfStack: places.functionSelf.onlyPlaces, count: places.functions.keys.count, method)
        let hottest = RankStability.hottest(noise, seed: ComparisonPair.seed)
        return RankFinding(places.functions.keys, shares: noise.shares, hottest)
    }

    func caveats() -> [Caveat] {
        var caveats = [method.caveat(design: profile.design)].compactMap { $0 }
        guard profile.kind == .sampling else { return caveats }
        let valid = (sampled?.series.ticksInScope).map(Double.init) ?? load.stacksSeen
        let missed = RunCaveats.missedTicks(
            profile.ledger, around: LostPlaces([profile]), isFilled: profile.instantsAreOwn)
        if let certificate = ForeignCertificate(profile, samples: valid) { caveats.append(certificate.caveat) }
        let few = profile.countsAreKnown ? RunCaveats.fewSamples(valid) : nil
        caveats += [few, missed, RunCaveats.failedSamples(profile.ledger)].compactMap { $0 }
        guard let sampled else { return caveats }
        if method == .periodic {
            caveats += LockstepDiagnosis(sampled.series, rate: profile.rate).caveats(places)
        }
        if profile.clock == .wall, let gaps = GapWeighting(profile, sampled.series, sampled.totals) {
            caveats += gaps.caveats(places.functions.keys, places.functionSelf)
        }
        return caveats
    }

    /// The places that are on any sample's stack, in scope.
    private func seen(_ anywhere: Charge) -> [Int] {
        let samples = anywhere.sums(ofStackValues: load.samples)
        return samples.indices.filter { samples[$0] > 0 }
    }

    /// How often each place was entered or run; `nil` for samplers, who cannot know.
    private func events<Key>(_ places: Places<Key>) -> EventCounts? {
        profile.kind == .tracing ? EventCounts(places, profile, scope) : nil
    }
}

extension Estimate {
    /// Sorts the greatest share first, as in a report.
    fileprivate var descending: Double { -(share ?? 0) }
}

extension Array {
    /// Sorts keys and numbers: to move a finding costs far more.
    fileprivate func sorted<Key>(by key: (Element) -> Key, _ isBefore: (Key, Key) -> Bool) -> [Element] {
        let keys = map(key)
        return indices.sorted { isBefore(keys[$0], keys[$1]) }.map { self[$0] }
    }
}
