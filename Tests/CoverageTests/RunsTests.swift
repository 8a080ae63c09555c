import Measuring
import ProfileModel
import Running
import Synchronization
import Testing

@testable import swprof_coverage

/// Runs whose ticks see `f` in `on` of `ticks`, `g` else, and whose truth is as told.
private func starter(truth: [String: Double], on: Int = 300, of ticks: Int = 1000) -> ScriptedStarter {
    ScriptedStarter(profile: { _, arm in
        let seen = (0..<ticks).map { [Optional($0 * on / ticks != ($0 + 1) * on / ticks ? "f" : "g")] }
        return ProfiledRun(
            profile: planted(seen, schedule: arm.schedule ?? .jittered), output: truthLine(truth, byCPU: truth))
    })
}

@Suite struct RealRunsTests {
    private let usual = [PlannedRuns(arm: .run())]

    private func experiment(
        _ starter: any ProgramStarter, runs: Int = 3, planned: [PlannedRuns], workloads: [Workload] = [.here("w")]
    ) throws -> Experiment {
        var extent = Extent.tiny
        extent.runs = runs
        var experiment = try CoverageTests.experiment(starter, workloads: workloads, extent: extent)
        experiment.planned = planned
        return experiment
    }

    @Test func runsAreMadeUpToTheNumberAskedForAndNoMore() async throws {
        let starter = starter(truth: ["f": 0.3, "g": 0.7])
        let experiment = try experiment(starter, planned: usual)
        try await RealRuns().measure(in: experiment)
        #expect(starter.starts.count == 3)
        try await RealRuns().measure(in: experiment)
        #expect(starter.starts.count == 3)
        // Of about 1,000 ticks, which those at 1 kHz are not: 3 of one schedule and 4 of the other.
        try await Bias().measure(in: experiment)
        #expect(starter.starts.count == 3 + 1 + 4)
    }

    @Test func everyConditionIsMeasuredInItsOrderWithItsClockAndItsNeighbours() async throws {
        let starter = starter(truth: ["f": 0.3, "g": 0.7])
        let planned = PlannedRuns.named(["wall root load 4", "cpu root quiet", "wall root one"])
        try await RealRuns().measure(in: experiment(starter, planned: planned))
        #expect(starter.neighbours == [4, 0, 0])
        #expect(
            starter.profiles.map(\.arm.condition) == Array(repeating: "wall root load 4", count: 3)
                + Array(repeating: "cpu root quiet", count: 3) + Array(repeating: "wall root one processor", count: 2))
        #expect(starter.profiles.allSatisfy { $0.arm.rate == 1000 && $0.arm.design == .signal })
        #expect(starter.profiles.allSatisfy { $0.workload.path.hasSuffix("by_cpu.py") == ($0.arm.clock == .cpu) })
    }

    @Test func whatThisMachineCannotRunIsSaidAndLeftOut() async throws {
        let said = Mutex<[String]>([])
        let starter = starter(truth: ["f": 0.3, "g": 0.7])
        var needy = Workload.here("needy")
        needy.package = "numpy"
        var experiment = try experiment(
            starter, planned: PlannedRuns.named(["wall root quiet"]).filter { $0.arm.schedule == .jittered },
            workloads: [needy, .here("w")])
        experiment.skip = { line in said.withLock { $0.append(line) } }
        try await RealRuns().measure(in: experiment)
        #expect(Set(starter.starts) == ["w"])
        #expect(
            said.withLock { $0 } == [
                "runs, wall root quiet, left out: no numpy", "runs, wall root quiet 3.13, left out: no numpy",
                "runs, wall root quiet 3.13, left out: no 3.13", "runs, wall root quiet 3.15, left out: no numpy",
                "runs, wall root quiet 3.15, left out: no 3.15",
            ])
    }

    @Test func theCPUClocksTruthIsTheCPUTime() throws {
        let line = #"{"truth": {"f": 0.5}, "cpuTruth": {"f": 0.9}, "within": "main", "seconds": 1}"#
        let truth = try Truth(lastLineOf: line, of: "w.py")
        #expect(try truth.shares(by: .cpu, of: "w.py") == ["f": 0.9])
        #expect(try truth.shares(by: .wall, of: "w.py") == ["f": 0.5])
        let without = try Truth(lastLineOf: truthLine(["f": 0.5]), of: "w.py")
        #expect(throws: RunningError.self) { try without.shares(by: .cpu, of: "w.py") }
    }

    @Test func aProgramWithoutCPUTimeIsNotJudgedByIt() {
        let cpu = PlannedRuns(arm: .run(clock: .cpu))
        #expect(cpu.kinds([.lockstep, .here("w")], every: 1).map(\.workload.name) == ["w"])
        #expect(usual[0].kinds([.lockstep, .here("w")], every: 1).count == 2)
    }

    /// A short form takes others of the programs under each condition, and all of them over all conditions.
    @Test func aShortFormSprinkles() {
        let kinds = PlannedRuns.all.map { $0.kinds(Workload.known, every: 5).map(\.workload.name) }
        #expect(kinds.allSatisfy { (2...5).contains($0.count) })
        #expect(Set(kinds.joined()).count == Workload.known.count)
    }

    @Test func runsThatCoverAreUndecidedUntilThereAreEnough() async throws {
        let few = try experiment(starter(truth: ["f": 0.3, "g": 0.7]), planned: usual)
        try await RealRuns().measure(in: few)
        #expect(Set(try RealRuns().rows(from: few.store).map(\.verdict)) == [.undecided])
        let more = try experiment(starter(truth: ["f": 0.3, "g": 0.7]), runs: 40, planned: usual)
        try await RealRuns().measure(in: more)
        #expect(
            try RealRuns().rows(from: more.store).filter { $0.figure.hasPrefix("jittered") }.map(\.verdict) == [
                .met, .met, .met, .met,
            ])
    }

    @Test func runsThatMissTheTruthAreMissed() async throws {
        let experiment = try experiment(starter(truth: ["f": 0.4, "g": 0.6]), runs: 20, planned: usual)
        try await RealRuns().measure(in: experiment)
        let rows = try RealRuns().rows(from: experiment.store)
        #expect(
            rows.map(\.figure) == [
                "jittered, real runs, wall root quiet, all programs", "jittered, real runs, wall root quiet, bias",
                "jittered, real runs, wall root quiet, lost ticks", "jittered, real runs, wall root quiet, w",
                "by loss, 0 to 0.5 % of ticks lost",
            ])
        #expect(rows.map(\.verdict) == [.missed, .missed, .met, .missed, .missed])
    }

    /// A function that no tick saw has a share of 0, and an interval that holds a small truth.
    @Test func aFunctionThatWasNotSeenIsNotLeftOut() throws {
        let profile = planted(Array(repeating: ["f"], count: 1000))
        let reading = try RunReading(profile, ["f": 0.999, "rare": 0.001], within: "main")
        let rare = try #require(reading.shares.first { $0.function == "rare" })
        #expect(rare.share == 0)
        #expect(rare.isCovered)
        #expect(try #require(rare.high) > 0.001 && rare.high ?? 1 < 0.005)
        #expect(reading.ticks == 1000)
    }

    /// The picks are the runs' own: stored results give the same table each time.
    @Test func thePickDoesNotChange() {
        let runs = (0..<50).map { number in
            StoredRun(
                seed: UInt64(number), ticks: 9, aliasing: false,
                shares: [
                    RunShare(function: "f", truth: 0.5, share: 0.5, low: 0.4, high: 0.6),
                    RunShare(function: "g", truth: 0.5, share: 0.1, low: 0, high: 0.2),
                ])
        }
        let cell = StoredCell(workload: "w", aim: 9, arm: .run(.poisson), runs: runs)
        let coverage = CellCoverage(cell)
        #expect(coverage.picked == CellCoverage(cell).picked)
        #expect((10...40).contains(coverage.picked.successes))
        #expect(coverage.mean?.value == 0.5)
        #expect(coverage.worst?.function == "g")
        #expect(coverage.worst?.trials == Trials(successes: 0, count: 50))
    }

    @Test func withoutAnIntervalNothingIsCovered() {
        #expect(!RunShare(function: "f", truth: 0.5, share: 0.5, low: nil, high: nil).isCovered)
        let empty = StoredCell(
            workload: "w", aim: 9, arm: .run(.poisson),
            runs: [StoredRun(seed: 1, ticks: 0, aliasing: false, shares: [])])
        #expect(CellCoverage(empty).picked == Trials(successes: 0, count: 1))
    }

    @Test func oneKindThatFailsDoesNotKeepTheOthersFromRunning() async throws {
        let mixed = ScriptedStarter(profile: { workload, arm in
            guard workload.name == "good" else { throw RunningError.failed("bad.py ended with status 1") }
            return ProfiledRun(
                profile: planted(Array(repeating: ["f"], count: 20), schedule: arm.schedule ?? .jittered),
                output: truthLine(["f": 1]))
        })
        let experiment = try experiment(mixed, planned: usual, workloads: [.here("bad"), .here("good")])
        await #expect(throws: RunningError.failed("bad.py ended with status 1")) {
            try await RealRuns().measure(in: experiment)
        }
        #expect(
            try RealRuns().rows(from: experiment.store).contains {
                $0.figure.hasSuffix(", good") && $0.from.hasPrefix("3 runs")
            })
    }

    @Test(arguments: [
        "", "no JSON", #"{"truth": {}, "within": "main", "seconds": 1}"#,
        #"{"truth": {"f": 1.5}, "within": "main", "seconds": 1}"#,
        #"{"truth": {"f": 1}, "within": "main", "seconds": 0}"#,
    ])
    func aTruthThatCannotBeIsOneLine(output: String) {
        #expect(throws: RunningError.self) { try Truth(lastLineOf: output, of: "w.py") }
    }
}

@Suite struct BiasTests {
    private func cell(error: Double, runs: Int, ticks: Int = 1000) -> StoredCell {
        StoredCell(
            workload: "w", aim: 1000, arm: .run(.poisson),
            runs: (0..<runs).map { number in
                let noise = Double(number % 5 - 2) * 0.01
                return StoredRun(
                    seed: UInt64(number), ticks: ticks, aliasing: false,
                    shares: [
                        RunShare(function: "f", truth: 0.3, share: 0.3 + error + noise, low: 0, high: 1)
                    ])
            })
    }

    private func rows(_ cell: StoredCell) async throws -> [Row] {
        let store = try Store(inMemory: .coverage)
        let session = try store.beginSession(audit: [:])
        for (number, run) in cell.runs.enumerated() {
            try store.write { db in
                try db.execute(
                    sql:
                        "INSERT INTO run VALUES (NULL, ?, 'w', 1000, 'poisson', 'wall', 'root', 0, NULL, NULL, ?, 1000, ?, 1, ?, 0, 0, 0, 0, 0, 0)",
                    arguments: [session, number, String(run.seed), run.ticks])
                let id = db.lastInsertedRowID
                for share in run.shares {
                    try db.execute(
                        sql: "INSERT INTO share VALUES (?, ?, ?, ?, ?, ?)",
                        arguments: [id, share.function, share.truth, share.share, share.low, share.high])
                }
            }
        }
        return try Bias().rows(from: store).filter { !$0.figure.contains("real runs") }
    }

    @Test func meanErrorsInsideHalfAPointAreMet() async throws {
        #expect(try await rows(cell(error: 0.001, runs: 200)).first?.verdict == .met)
    }

    @Test func aBiasOfAPointIsMissed() async throws {
        #expect(try await rows(cell(error: 0.01, runs: 200)).first?.verdict == .missed)
    }

    /// 0.4 points, give or take 0.2: more than half a point cannot be ruled out.
    @Test func anIntervalThatReachesBeyondHalfAPointIsMissed() async throws {
        #expect(try await rows(cell(error: 0.004, runs: 200)).first?.verdict == .missed)
    }

    @Test func fewSamplesDecideNothing() async throws {
        #expect(try await rows(cell(error: 0.001, runs: 50)).map(\.verdict) == [.undecided, .undecided])
    }

    /// Errors of 1.2 points on average (mean of 2, 1, 0, 1, 2), twice counted (f and the rest), where chance makes
    /// √(2/π · 0.3 · 0.7/1000) = 1.16 of them.
    @Test func totalVariationIsHeldToTheMultinomials() async throws {
        let row = try #require(try await rows(cell(error: 0, runs: 200)).last)
        #expect(row.figure == "poisson, total variation / the multinomial's, w")
        #expect(row.measured.hasPrefix("1.03"))
        #expect(row.verdict == .met)
        #expect(try await rows(cell(error: 0, runs: 200, ticks: 2000)).last?.verdict == .missed)
    }
}

@Suite struct LockstepTests {
    private func store(caught: Int, alarms: Int, of runs: Int) throws -> Store {
        let store = try Store(inMemory: .coverage)
        let session = try store.beginSession(audit: [:])
        for (workload, number) in [("lockstep", caught), ("equal", alarms)] {
            for run in 0..<runs {
                try store.write {
                    try $0.execute(
                        sql:
                            "INSERT INTO run VALUES (NULL, ?, ?, 5000, 'periodic', 'wall', 'root', 0, NULL, NULL, ?, 1, '1', 1, 5000, 0, 0, 0, 0, 0, ?)",
                        arguments: [session, workload, run, run < number])
                }
            }
        }
        return store
    }

    @Test(arguments: [(297, 15, [Verdict.met, .met]), (296, 16, [.missed, .missed])])
    func caughtAndFalseAlarmsAreCounted(caught: Int, alarms: Int, verdicts: [Verdict]) throws {
        let rows = try Lockstep().rows(from: store(caught: caught, alarms: alarms, of: 300))
        #expect(rows.compactMap(\.verdict) == verdicts)
    }

    @Test func fewRunsDecideNothing() throws {
        #expect(
            try Lockstep().rows(from: store(caught: 3, alarms: 0, of: 3)).compactMap(\.verdict) == [
                .undecided, .undecided,
            ])
    }
}
