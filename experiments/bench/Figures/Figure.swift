/// Something that the bench measures: one row of the table or several that need the same processes.
protocol Figure: Sendable {
    /// What `--only` takes.
    var name: String { get }
    func measure<S: Starter>(in bench: Bench<S>) async throws
}

/// Every figure, the quick ones first.
enum Figures {
    static let all: [any Figure] =
        [
            EmptyScript(), SleepAfterBusy(),
            TracingCost(workload: "recursion", script: Programs.recursion),
            TracingCost(workload: "mixed calls", script: Programs.mixedCalls),
            EvalFrameCost(workload: "recursion", script: Programs.recursion),
            EvalFrameCost(workload: "mixed calls", script: Programs.mixedCalls),
            EvalFrameCost(workload: "richards", script: PyPerformance.script("richards")),
            EvalFrameCost(workload: "chaos", script: PyPerformance.script("chaos")),
            EvalFrameSlowdown(), LineCost(),
            EventCost.paths("setprofile"), EventCost.paths("evalframe"),
            EventCost.depth("setprofile"), EventCost.depth("evalframe"),
            EventCost.depth("evalframe", to: 4_000, on: "3.13"),
            CompensationBias(design: "setprofile"), CompensationBias(design: "evalframe"),
            SamplingSlowdown(workload: "recursion", script: Programs.recursion),
            SamplingSlowdown(workload: "mixed calls", script: Programs.mixedCalls),
            SamplingSlowdown(workload: "sieve", script: Programs.sieve(2_000_000)),
            TalkPicture(), LegalStacks(),
            MonitoringCost("3.13", "recursion", Programs.recursion),
            MonitoringCost("3.13", "mixed calls", Programs.mixedCalls),
            MonitoringCost("3.15", "recursion", Programs.recursion),
            MonitoringCost("3.15", "mixed calls", Programs.mixedCalls),
        ]
        + [LanguageTimes(), LanguageFaults()] + Crossing.all
        + EvalFrameCost.on("3.13", atMost: 0.4) + EvalFrameCost.on("3.14", atMost: 0.4)
        + EvalFrameCost.on("3.15", atMost: 0.45)

    /// The figures whose name begins with `prefix`; all where there is none.
    static func named(_ prefix: String?) -> [any Figure] {
        guard let prefix else { return all }
        return all.filter { $0.name.hasPrefix(prefix) }
    }
}
