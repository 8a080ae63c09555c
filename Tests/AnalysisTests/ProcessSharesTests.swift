import ProfileModel
import Statistics
import Testing

@testable import Analysis

/// Shares of several processes: of their thread-time, by ticks that each has of its own.
@Suite struct ProcessSharesTests {
    /// One process: a tick a millisecond that sees `f` or `g`, of so much thread-time.
    private func process(_ id: Int64, _ isF: [Bool], nanoseconds: Int64? = nil, missed: Int = 0) -> Profile {
        var run = PlantedRun(threads: [nanoseconds ?? Int64(isF.count) * 1_000_000])
        let (f, g) = (run.stack("main:1", "f:2"), run.stack("main:1", "g:3"))
        run.ticks(isF.map { $0 ? f : g })
        run.ledger(due: isF.count + missed, missed: missed)
        var profile = run.profile
        let each = profile.threadTime / Int64(isF.count)
        for at in profile.samples.indices { profile.samples[at].nanoseconds = each }
        profile.processes = [
            ProcessLife(
                id: id, parent: id == 1 ? nil : 1, name: "p\(id)", start: id * 500, seconds: 1, ledger: profile.ledger)
        ]
        return profile
    }

    private func random(_ share: Double, _ count: Int, seed: UInt64) -> [Bool] {
        var random = SplitMix(state: seed)
        return (0..<count).map { _ in Double.random(in: 0..<1, using: &random) < share }
    }

    private func merged(_ profiles: [Profile]) throws -> Profile { try #require(Profile.merging(processes: profiles)) }

    private func series(_ profile: Profile) -> (sums: TickSums, totals: TickTotals) {
        let series = TickSeries(profile, Scope(wholeOf: profile))
        let places = Places(functionsOf: profile)
        let f = places.keys.firstIndex { $0.name == "f" } ?? 0
        return (series.sums(places.own)[f], series.totals)
    }

    /// Σ Wₖpₖ and Σ Wₖ²Vₖ, where processes have unlike parts of the time for as many ticks.
    @Test func shareAndVarianceAreTheProcessesTogether() throws {
        let times: [Int64] = [500_000_000, 1_500_000_000, 2_000_000_000]
        let profiles = zip([0.2, 0.5, 0.9], times).enumerated().map { at, plan in
            process(Int64(at + 1), random(plan.0, 500, seed: UInt64(at)), nanoseconds: plan.1)
        }
        let whole = series(try merged(profiles))
        let (single, parts) = (profiles.map(series), times.map { Double($0) / 4e9 })
        let share = zip(single, parts).reduce(0) { $0 + $1.1 * ($1.0.sums.share(of: $1.0.totals) ?? 0) }
        let variance = zip(single, parts).reduce(0) {
            $0 + $1.1 * $1.1 * (ShareVariance.thirdDifferences($1.0.sums, $1.0.totals) ?? 0)
        }
        #expect(abs((whole.sums.share(of: whole.totals) ?? 0) - share) < 1e-9)
        #expect(abs((ShareVariance.thirdDifferences(whole.sums, whole.totals) ?? 0) / variance - 1) < 1e-9)
        let finding = try RunAnalysis.findings(of: merged(profiles)).function("f")
        #expect(abs((finding.`self`.share ?? 0) - share) < 1e-9 && finding.`self`.low ?? 1 < share)
    }

    /// Neighbours are of one process: the last tick of one and the first of the next are no pair, though their numbers follow.
    @Test func noPairCrossesFromOneProcessToAnother() throws {
        let profiles = [process(1, random(0.5, 40, seed: 1)), process(2, random(0.5, 60, seed: 2))]
        let totals = series(try merged(profiles)).totals
        // Of each the last pair is left out, for its last interval may not be a whole one.
        #expect(totals.pairs == 38 + 58 && totals.windows == 36 + 56 && totals.strata == 100)
    }

    /// A process that lost half of its ticks has its whole time all the same.
    @Test func aProcessCountsByItsTime() throws {
        let half = process(2, Array(repeating: true, count: 50), nanoseconds: 100_000_000, missed: 50)
        let profile = try merged([process(1, Array(repeating: false, count: 100)), half])
        let finding = try RunAnalysis.findings(of: profile).function("f")
        #expect(abs((finding.`self`.share ?? 0) - 0.5) < 1e-9)
    }

    /// Many processes of few ticks are one stratum, so that what differs between them is not taken for nothing.
    @Test func processesOfFewTicksScatterTogether() throws {
        let profiles = (0..<100).map { process(Int64($0 + 1), Array(repeating: $0.isMultiple(of: 2), count: 5)) }
        let finding = try RunAnalysis.findings(of: merged(profiles)).function("f")
        #expect(finding.`self`.share == 0.5)
        let width = (finding.`self`.high ?? 1) - (finding.`self`.low ?? 0)
        #expect(width > 0.005 && width < 0.1)
    }

    @Test func everyProcessIsListedWithItsPart() throws {
        let findings = try RunAnalysis.findings(
            of: merged([process(1, random(0.5, 30, seed: 1)), process(2, random(0.5, 90, seed: 2))]))
        let processes = try #require(findings.processes)
        #expect(processes.map(\.name) == ["p1", "p2"] && processes.map(\.parent) == [nil, 1])
        #expect(isClose(processes[0].share, 0.25) && isClose(processes[1].share, 0.75))
        #expect(processes.map { $0.ledger?.due } == [30, 90] && findings.ledger?.due == 120)
        #expect(findings.threads.map(\.process) == [1, 2])
        let alone = process(1, [true])
        var without = alone
        without.processes = []
        #expect(try RunAnalysis.findings(of: without).processes == nil)
    }
}
