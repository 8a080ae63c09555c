import ProfileModel
import Statistics

extension ComparisonArm {
    /// What the design says of the runs that one may expect of the program.
    var finding: DesignFinding {
        let compensation = ArmCompensation(self)
        let functions = functionFindings(compensation)
        var finding = DesignFinding(
            name: name, kind: first.kind, clock: first.clock, schedule: first.schedule, rate: first.rate,
            slowdown: slowdown, estimand: .expectedRun, interval: intervalInWords,
            functions: functions, lines: lineFindings, ledger: ledger, opcodes: opcodeFindings, ranks: ranks,
            caveats: caveats(callsVary: callsVary) + [ranks?.caveat].compactMap { $0 }
                + (compensation?.caveats(functions, design: name) ?? []))
        finding.unaccounted = Unaccounted(runs.map(\.profile), lostNames: functions.partWithoutName)
        finding.unaccounted?.raiseTotals(&finding.functions, &finding.lines)
        finding.unaccounted?.widen(&finding.functions, &finding.lines)
        finding.caveats += finding.unaccounted?.caveats ?? []
        finding.calibration = compensation.map { DesignCosts(name: name, $0.costs) }
        return finding
    }

    /// Profiled over control wall time, over the rounds that have both.
    var slowdown: Ratio? {
        let paired = runs.compactMap { run in run.control.map { (run.seconds, $0) } }
        return Jackknife.ratio(paired.map(\.0), to: paired.map(\.1), confidence: confidence).map(Ratio.init)
    }

    private var intervalInWords: String {
        guard runs.count >= Jackknife.fewestRounds else {
            return "none: an interval over runs needs at least \(Jackknife.fewestRounds) runs"
        }
        let how =
            "jackknife over \(runs.count) runs, logit scale, t with \(runs.count - 1) degrees of freedom, \(Words.percent(confidence))"
        return first.instantsAreOwn ? how : "repeatability, not accuracy: \(how)"
    }
}

extension ComparisonArm {
    private func functionFindings(_ compensation: ArmCompensation?) -> [FunctionFinding] {
        let functions = Set(runs.flatMap(\.tally.functions.keys))
        return functions.map { function in
            FunctionFinding(
                name: function.name, qualname: function.qualname, file: function.file, line: function.line,
                calls: reported.calls ? count { $0.functions[function]?.calls }?.mean : nil,
                self: estimate { $0.functions[function]?.own }.known(reported.selfTimes).beside(
                    compensation?.estimate(function) { $0.own }),
                total: estimate { $0.functions[function]?.total }.known(reported.functionTotals).beside(
                    compensation?.estimate(function) { $0.total }),
                detectable: detectable { $0.functions[function]?.own })
        }.sorted { $0.rank < $1.rank }
    }

    private var lineFindings: [LineFinding] {
        let lines = Set(runs.flatMap(\.tally.lines.keys))
        return lines.map { line in
            LineFinding(
                file: line.file, line: line.line, function: functionName(of: line),
                hits: count { $0.lines[line]?.hits }?.mean,
                self: estimate { $0.lines[line]?.own }.known(reported.selfTimes),
                total: estimate { $0.lines[line]?.total }.known(reported.lineTotals))
        }.sorted { $0.rank < $1.rank }
    }

    /// The name of the function that a line is in; the same for every run, whichever saw what of it.
    private func functionName(of line: SourceLine) -> String {
        functionName { $0.functionOfLine[line] }
    }

    /// The same of a line as it is compared.
    func functionName(ofCommon line: SourceLine) -> String {
        functionName { $0.functionOfCommonLine[line] }
    }

    private func functionName(_ function: (RunTally) -> Function?) -> String {
        let seen = runs.compactMap { function($0.tally) }
        return seen.dropFirst().reduce(seen.first) { $0?.outer($1) }?.name ?? ""
    }

    private func estimate(_ nanoseconds: (RunTally) -> Double?) -> Estimate { estimate(runs.map(\.tally), nanoseconds) }

    /// - Parameter tallies: one a run.
    func estimate(_ tallies: [RunTally], _ nanoseconds: (RunTally) -> Double?) -> Estimate {
        let parts = tallies.map { nanoseconds($0) ?? 0 }
        let areKnown = runs.allSatisfy(\.profile.secondsAreKnown)
        let seconds = areKnown ? parts.reduce(0, +) / Double(runs.count) / 1e9 : nil
        guard let share = Jackknife.share(parts, of: wholes, confidence: confidence) else {
            return Estimate(share: nil, seconds: seconds)
        }
        let ledger = ledger
        let worst = ledger?.worstCase(seen: share.value, ticks: Double(ledger?.taken ?? 0), around: share.value)
        return Estimate(
            share: share.value, low: share.bounds?.low, high: share.bounds?.high,
            worstLow: worst?.low, worstHigh: worst?.high, seconds: seconds)
    }

    /// The smallest change of a share between these runs and as many others that would show.
    private func detectable(_ nanoseconds: (RunTally) -> Double?) -> Double? {
        let variance = Jackknife.variance(ofShare: runs.map { nanoseconds($0.tally) ?? 0 }, of: wholes)
        return variance.flatMap {
            DetectableChange.between(variance: $0, degreesOfFreedom: Double(2 * (runs.count - 1)))
        }
    }

    /// The mean number of calls or hits, and whether it is the same in all runs; `nil` for samplers, who cannot know.
    private func count(_ events: (RunTally) -> Int64?) -> (mean: Int64, isExact: Bool)? {
        guard first.kind == .tracing else { return nil }
        let counts = runs.map { events($0.tally) ?? 0 }
        if let count = counts.first, counts.allSatisfy({ $0 == count }) { return (count, true) }
        let mean = (counts.reduce(0.0) { $0 + Double($1) } / Double(counts.count)).rounded()
        return (Int64(exactly: mean) ?? .max, false)
    }

    private var callsVary: Bool {
        Set(runs.flatMap(\.tally.functions.keys)).contains { function in
            count { $0.functions[function]?.calls }?.isExact == false
        }
    }
}

extension FunctionFinding {
    /// Most self time first, then most total time, then by name.
    fileprivate var rank: (Double, Double, String, String, Int) {
        (-(self.`self`.share ?? 0), -(total.share ?? 0), qualname, file ?? "", line)
    }
}

extension LineFinding {
    fileprivate var rank: (Double, Double, String, Int) {
        (-(self.`self`.share ?? 0), -(total.share ?? 0), file, line)
    }
}
