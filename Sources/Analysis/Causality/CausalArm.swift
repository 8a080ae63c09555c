import ProfileModel
import Statistics

/// One function over all rounds and levels.
struct CausalArm {
    let target: CausalTarget
    /// By round, then by level, the program as it is first.
    let runs: [[CausalRun]]
    let clock: Clock

    init(_ target: CausalTarget, rounds: [[CausalRun]], clock: Clock) {
        self.target = target
        self.runs = rounds
        self.clock = clock
    }

    /// - Parameter confidence: of the intervals that a verdict that a design does not follow rests on.
    func finding(_ designs: [String], confidence: Double) -> CausalFinding {
        var finding = CausalFinding(
            function: target.function.name, qualname: target.function.qualname, file: target.function.file ?? "",
            line: target.function.line, calls: target.calls)
        let isUnknown = absorbed != nil || waiting != nil
        finding.designs = designs.map { design in
            let line = line(design, confidence: 0.95)
            let verdict =
                isUnknown
                ? .cannotTell : CausalVerdict(line, atLeast: self.line(design, confidence: confidence), gain: meanGain)
            return CausalDesign(
                name: design, slope: line.map { BoundedFigure($0.slope) },
                intercept: line.map { BoundedFigure($0.intercept) },
                verdict: verdict)
        }
        finding.levels = levels(designs)
        return finding
    }

    /// Said where the program gains less time than it works more: then the gain is not what the spin took.
    var absorbed: Caveat? {
        let gained = gain { $0.wall }, worked = gain { $0.cpu }
        guard clock == .wall, let slope = Jackknife.line(gained, over: worked, dose: dose)?.slope,
            let bounds = slope.bounds, bounds.high < 1
        else { return nil }
        return Caveat(
            code: "spin-absorbed",
            text:
                "Slowing `\(target.function.qualname)` adds less wall time than CPU time (\(Words.percent(slope.value)) of it): the program "
                + "waits meanwhile, so how much time the function gained is not known.")
    }

    /// Said where threads may wait for one another: then the function takes longer in each while the program does once.
    var waiting: Caveat? {
        guard clock == .wall, runs.contains(where: { $0.contains { $0.threads > 1 } }) else { return nil }
        return Caveat(
            code: "threads-wait",
            text:
                "The program has several threads, and on the wall clock a function's time includes waiting for the others: "
                + "only the CPU clock (--clock cpu) can show whether designs follow a slowed function.")
    }

    private var dose: [Double] { [0] + target.work.map(Double.init) }

    /// What the design adds to the function, over what the program gains.
    private func line(_ design: String, confidence: Double) -> RoundsLine? {
        Jackknife.line(gain { seconds(design, $0) }, over: gain(time), dose: dose, confidence: confidence)
    }

    /// By round and level, a figure over what it is for the program as it is.
    private func gain(_ figure: (CausalRun) -> Double) -> [[Double]] {
        runs.map { levels in levels.map { figure($0) - figure(levels[0]) } }
    }

    private var meanGain: Double {
        let gains = gain(time).joined()
        return max(0, gains.reduce(0, +) / Double(max(1, gains.count)))
    }

    private func time(_ run: CausalRun) -> Double { clock == .wall ? run.wall : run.cpu }

    private func seconds(_ design: String, _ run: CausalRun) -> Double { (run.parts[design] ?? 0) * time(run) }

    private func levels(_ designs: [String]) -> [CausalLevel] {
        ([0] + CausalPlan.levels).enumerated().map { index, level in
            CausalLevel(
                level: level, work: Int(dose[index]), control: runs.map { time($0[index]) },
                designs: designs.map { design in
                    CausalSeconds(name: design, seconds: runs.map { seconds(design, $0[index]) })
                })
        }
    }
}

extension CausalVerdict {
    /// So far off a slope of 1 is no fault, and an intercept is none of so large a part of the program's mean gain.
    static let margin = 0.05
    /// A slope that is not known to within this, either way, tells nothing.
    private static let widest = 0.25

    /// - Parameters:
    ///   - line: with 95 % intervals.
    ///   - corrected: with intervals all of which, over all designs and functions, hold at 95 %.
    ///   - gain: the program's, in seconds, on average over the levels.
    init(_ line: RoundsLine?, atLeast corrected: RoundsLine?, gain: Double) {
        guard let line, let bounds = line.slope.bounds, let corrected else {
            self = .cannotTell
            return
        }
        if corrected.isOff(by: Self.margin, gain: gain) {
            self = .doesNot
        } else {
            let isKnown = !line.isOff(by: Self.margin, gain: gain) && bounds.high - bounds.low <= 2 * Self.widest
            self = isKnown ? .moves : .cannotTell
        }
    }
}

extension RoundsLine {
    /// Whether an interval has no slope in it that is near 1, or no intercept that is near 0.
    fileprivate func isOff(by margin: Double, gain: Double) -> Bool {
        slope.isBeyond(1 - margin...1 + margin) || intercept.isBeyond(-margin * gain...margin * gain)
    }
}

extension RoundsEstimate {
    fileprivate func isBeyond(_ range: ClosedRange<Double>) -> Bool {
        guard let bounds else { return false }
        return bounds.high < range.lowerBound || bounds.low > range.upperBound
    }
}
