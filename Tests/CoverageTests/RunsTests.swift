import ProfileModel
import Testing

@testable import swprof_coverage

/// Runs whose ticks see `f` in `on` of `ticks`, `g` else, and whose truth is as told.
private func starter(truth: [String: Double], on: Int = 300, of ticks: Int = 1000) -> ScriptedStarter {
    ScriptedStarter(profile: { _, settings in
        let seen = (0..<ticks).map { [Optional($0 * on / ticks != ($0 + 1) * on / ticks ? "f" : "g")] }
        return ProfiledRun(profile: planted(seen, schedule: settings.schedule), output: truthLine(truth))
    })
}

@Suite struct RealRunsTests {
    @Test func runsAreMadeUpToTheNumberAskedForAndNoMore() async throws {
        let starter = starter(truth: ["f": 0.3, "g": 0.7])
        let experiment = try experiment(starter)
        try await RealRuns().measure(in: experiment)
        #expect(starter.starts.count == 6)
        try await RealRuns().measure(in: experiment)
        #expect(starter.starts.count == 6)
        try await Bias().measure(in: experiment)
        #expect(starter.starts.count == 7)
    }

    @Test func runsThatCoverAreUndecidedUntilThereAreEnough() async throws {
        var extent = Extent.tiny
        let store = try Store()
        try await RealRuns().measure(in: experiment(starter(truth: ["f": 0.3, "g": 0.7]), store: store))
        #expect(try RealRuns().rows(from: store).map(\.verdict) == [.undecided, .undecided])
        extent.runs = 60
        let more = try experiment(starter(truth: ["f": 0.3, "g": 0.7]), extent: extent)
        try await RealRuns().measure(in: more)
        #expect(try RealRuns().rows(from: more.store).map(\.verdict) == [.met, .met])
    }

    @Test func runsThatMissTheTruthAreMissed() async throws {
        var extent = Extent.tiny
        extent.runs = 5
        let experiment = try experiment(starter(truth: ["f": 0.4, "g": 0.6]), extent: extent)
        try await RealRuns().measure(in: experiment)
        #expect(try RealRuns().rows(from: experiment.store).map(\.verdict) == [.missed, .missed])
    }

    /// A function that no tick saw has a share of 0, and an interval that holds a small truth.
    @Test func aFunctionThatWasNotSeenIsNotLeftOut() throws {
        let profile = planted(Array(repeating: ["f"], count: 1000))
        let reading = try RunReading(profile, Truth(lastLineOf: truthLine(["f": 0.999, "rare": 0.001]), of: .here("w")))
        let rare = try #require(reading.shares.first { $0.function == "rare" })
        #expect(rare.share == 0)
        #expect(rare.isCovered)
        #expect(try #require(rare.high) > 0.001 && rare.high ?? 1 < 0.005)
        #expect(reading.ticks == 1000)
    }

    /// The picks are the runs' own: stored results give the same table each time.
    @Test func thePickDoesNotChange() {
        let runs = (0..<50).map { number in
            StoredRun(seed: UInt64(number), ticks: 9, aliasing: false, shares: [
                RunShare(function: "f", truth: 0.5, share: 0.5, low: 0.4, high: 0.6),
                RunShare(function: "g", truth: 0.5, share: 0.1, low: 0, high: 0.2),
            ])
        }
        let cell = StoredCell(workload: "w", schedule: "poisson", aim: 9, runs: runs)
        let coverage = CellCoverage(cell)
        #expect(coverage.picked == CellCoverage(cell).picked)
        #expect((10...40).contains(coverage.picked.successes))
        #expect(coverage.mean?.value == 0.5)
        #expect(coverage.worst?.function == "g")
        #expect(coverage.worst?.trials == Trials(successes: 0, count: 50))
    }

    @Test func withoutAnIntervalNothingIsCovered() {
        #expect(!RunShare(function: "f", truth: 0.5, share: 0.5, low: nil, high: nil).isCovered)
        let empty = StoredCell(workload: "w", schedule: "poisson", aim: 9, runs: [StoredRun(seed: 1, ticks: 0, aliasing: false, shares: [])])
        #expect(CellCoverage(empty).picked == Trials(successes: 0, count: 1))
    }

    @Test func oneKindThatFailsDoesNotKeepTheOthersFromRunning() async throws {
        let mixed = ScriptedStarter(profile: { workload, settings in
            guard workload.name == "good" else { throw CoverageError("bad.py ended with status 1") }
            return ProfiledRun(
                profile: planted(Array(repeating: ["f"], count: 20), schedule: settings.schedule), output: truthLine(["f": 1]))
        })
        let experiment = try experiment(mixed, workloads: [.here("bad"), .here("good")])
        await #expect(throws: CoverageError("bad.py ended with status 1")) { try await RealRuns().measure(in: experiment) }
        #expect(try RealRuns().rows(from: experiment.store).map(\.from) == Array(repeating: "3 runs, 0.0 % of ticks lost", count: 2))
    }

    @Test(arguments: ["", "no JSON", #"{"truth": {}, "within": "main", "seconds": 1}"#, #"{"truth": {"f": 1.5}, "within": "main", "seconds": 1}"#, #"{"truth": {"f": 1}, "within": "main", "seconds": 0}"#])
    func aTruthThatCannotBeIsOneLine(output: String) {
        #expect(throws: CoverageError.self) { try Truth(lastLineOf: output, of: .here("w")) }
    }
}

@Suite struct BiasTests {
    private func cell(error: Double, runs: Int, ticks: Int = 1000) -> StoredCell {
        StoredCell(workload: "w", schedule: "poisson", aim: 1000, runs: (0..<runs).map { number in
            let noise = Double(number % 5 - 2) * 0.01
            return StoredRun(seed: UInt64(number), ticks: ticks, aliasing: false, shares: [
                RunShare(function: "f", truth: 0.3, share: 0.3 + error + noise, low: 0, high: 1)
            ])
        })
    }

    private func rows(_ cell: StoredCell) async throws -> [Row] {
        let store = try Store()
        let session = try store.beginSession(audit: [:])
        for (number, run) in cell.runs.enumerated() {
            try store.write { db in
                try db.execute(
                    sql: "INSERT INTO run VALUES (NULL, ?, 'w', 'poisson', 1000, ?, 1000, ?, 1, ?, 0, 0, 0, 0, 0, 0)",
                    arguments: [session, number, String(run.seed), run.ticks])
                let id = db.lastInsertedRowID
                for share in run.shares {
                    try db.execute(
                        sql: "INSERT INTO share VALUES (?, ?, ?, ?, ?, ?)",
                        arguments: [id, share.function, share.truth, share.share, share.low, share.high])
                }
            }
        }
        return try Bias().rows(from: store)
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
        let store = try Store()
        let session = try store.beginSession(audit: [:])
        for (workload, number) in [("lockstep", caught), ("equal", alarms)] {
            for run in 0..<runs {
                try store.write {
                    try $0.execute(
                        sql: "INSERT INTO run VALUES (NULL, ?, ?, 'periodic', 5000, ?, 1, '1', 1, 5000, 0, 0, 0, 0, 0, ?)",
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
        #expect(try Lockstep().rows(from: store(caught: 3, alarms: 0, of: 3)).compactMap(\.verdict) == [.undecided, .undecided])
    }
}
