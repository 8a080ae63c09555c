import Measuring
import Running
import Statistics

/// The function-bias curve: how the share of a function that calls depends on its true share, measured and compensated; and
/// whether compensation says so where calls are all there is.
///
/// Every trial calibrates anew, quickly: the machine is not the same all day. Truths are those of unprofiled runs.
struct CompensationBias: Figure {
    var design: String

    var name: String { "compensation \(design)" }

    private static let percents = stride(from: 5, through: 95, by: 10)
    private static let allProbes = Script(path: "experiments/workloads/empty_calls.py")

    private static func workload(_ percent: Int) -> Script {
        Script(path: "experiments/workloads/calls_inlined.py", arguments: ["2", String(percent)])
    }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        var curve = BiasCurve()
        var fired = 0
        let trials = bench.trials(20)
        for trial in 0..<trials {
            try await bench.starter.succeed(calibrate(bench.programs))
            var points: [Int: BiasCurve.Point] = [:]
            for percent in Self.percents.shuffled() { points[percent] = try await point(percent, in: bench) }
            curve.trials.append(Self.percents.compactMap { points[$0] })
            fired += try await isGuarded(in: bench) ? 1 : 0
            bench.progress(name, trial + 1)
        }
        for row in rows(curve, fired) { bench.report(row) }
    }

    private func calibrate(_ programs: Programs) -> Command {
        Command(
            executable: programs.swprof,
            arguments: ["calibrate", "--python", programs.python, "-d", design, "--runs", "5"])
    }

    private func point<S: Starter>(_ percent: Int, in bench: Bench<S>) async throws -> BiasCurve.Point {
        let control = bench.programs.controlCommand(Self.workload(percent))
        let truth = try Truth(lastLineOf: try await bench.starter.succeed(control).output, of: control.line).shares[
            "calling"]
        try await bench.starter.succeed(bench.programs.runCommand(design: design, script: Self.workload(percent)))
        let calling = try await bench.runReport(of: design, within: "main").function("calling")?.total
        guard let truth, let measured = calling?.share, let compensated = calling?.compensated,
            let share = compensated.share
        else {
            throw RunningError.failed(
                "\(design) gives no compensated share of calling: run swprof calibrate to see why")
        }
        return BiasCurve.Point(
            truth: truth, measured: measured, compensated: share, low: compensated.shareLow ?? 0,
            high: compensated.shareHigh ?? 1)
    }

    /// Whether nothing is made of the time of a function that has none.
    private func isGuarded<S: Starter>(in bench: Bench<S>) async throws -> Bool {
        try await bench.starter.succeed(bench.programs.runCommand(design: design, script: Self.allProbes))
        let report = try await bench.runReport(of: design)
        guard let nothing = report.function("nothing")?.`self`.compensated else { return false }
        return nothing.low == nil && report.has("not-identifiable")
    }
}

extension CompensationBias {
    private func rows(_ curve: BiasCurve, _ fired: Int) -> [Row] {
        let trials = curve.trials.count
        return [
            row(
                "compensated on true share, slope", .holds(1), "1 within its interval", curve.compensated(\.slope),
                trials),
            row(
                "compensated on true share, intercept", .holds(0), "0 within its interval",
                curve.compensated(\.intercept), trials),
            row("measured on true share, slope", nil, "", curve.scattered(\.measured, \.slope), trials),
            row("measured on true share, intercept", nil, "", curve.scattered(\.measured, \.intercept), trials),
            row(
                "error left where measured is over 5 points off", .intervalAtMost(0.2), "at most 0.2", curve.errorLeft,
                trials),
            guardRow(fired, of: trials),
        ]
    }

    private func row(_ figure: String, _ rule: Rule?, _ text: String, _ estimate: RoundsEstimate?, _ trials: Int) -> Row
    {
        Row(
            figure: "\(design): \(figure)", asked: text, measured: Words.estimate(estimate, 3),
            from: Words.count(trials, "trial"),
            verdict: rule?.verdict(on: estimate, precision: .tenth), estimate: estimate)
    }

    private func guardRow(_ fired: Int, of trials: Int) -> Row {
        let rule = EnoughOf(part: 1)
        return Row(
            figure: "\(design): calls of nothing are not identifiable",
            asked: "\(rule.needed(of: trials)) of \(trials)",
            measured: "\(fired) of \(trials)", from: Words.count(trials, "trial"),
            verdict: rule.verdict(successes: fired, of: trials), value: Double(fired))
    }
}
