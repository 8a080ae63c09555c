import Analysis
import Measuring
import Statistics

/// What start and end of the tool take, by a program that does nothing.
struct StartRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "start and end take at most \(Words.decimals(bounds.start, 2)) s"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let added = evidence.runsWithControls.map { $0.run.seconds - $0.control.seconds }
        return RuleFinding(
            .intervalAtMost(bounds.start), on: Jackknife.mean(added), bound: bounds.start, figure: "seconds",
            unit: " s", places: 3)
    }
}

/// How much slower the program runs, by its own time between start and end.
struct SlowdownRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "at most \(Words.decimals(bounds.slowdown, 2)) times as long as without"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        RuleFinding(
            .intervalAtMost(bounds.slowdown), on: evidence.ratioToControls(of: \.seconds), bound: bounds.slowdown,
            figure: "ratio", places: 3)
    }
}

/// How many processors are used beside the program: the CPU time of all processes that is not the program's own.
struct CPURule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "at most \(Words.percent(bounds.cpu, 0)) of a processor more than without"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let added = evidence.runsWithControls.compactMap { run, control in
            control.truth?.seconds.map { (run.cpuSeconds - control.cpuSeconds) / $0 }
        }
        return RuleFinding(
            .intervalAtMost(bounds.cpu), on: Jackknife.mean(added), bound: bounds.cpu, figure: "processors", places: 3)
    }
}

/// How much more memory the program's own process takes; that of a tool's other processes is not in it.
struct MemoryRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "the program's process takes at most \(Words.decimals(bounds.memory, 2)) times the memory"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        RuleFinding(
            .intervalAtMost(bounds.memory), on: evidence.ratioToControls(of: \.memory), bound: bounds.memory,
            figure: "ratio", places: 3)
    }
}

extension Evidence {
    /// What the program says of its own runs over what it says of the controls in their rounds; where either says nothing, the
    /// round is left out.
    fileprivate func ratioToControls(of figure: KeyPath<Truth, Double?>) -> RoundsEstimate? {
        let pairs = runsWithControls.compactMap { run, control -> (Double, Double)? in
            guard let own = run.truth?[keyPath: figure], let its = control.truth?[keyPath: figure] else { return nil }
            return (own, its)
        }
        return Jackknife.ratio(pairs.map(\.0), to: pairs.map(\.1))
    }
}
