import ProfileModel
import Testing

@testable import Analysis

/// Single runs whose truth is known: drawn from a timeline, one place a stretch or a mixture.
@Suite struct ComparisonOfRunsTests {
    /// The function that runs at every instant of a program of so many intervals: phases of a mean length.
    private static func timeline(intervals: Int, phase: Double, functions: Int, _ random: inout SplitMix) -> [(
        end: Double, function: Int
    )] {
        var phases: [(Double, Int)] = []
        var end = 0.0
        while end < Double(intervals) {
            end += phase * Double.random(in: 0.2...1.8, using: &random)
            let rank = Double.random(in: 0..<1, using: &random)
            phases.append((end, min(functions - 1, Int(rank * rank * Double(functions)))))
        }
        return phases
    }

    /// Ticks by the schedule, each seeing what runs at its instant.
    private static func run(
        _ timeline: [(end: Double, function: Int)], _ schedule: Schedule, ticks: Int, _ random: inout SplitMix
    ) -> Profile {
        let instants = (0..<ticks).map { k in
            schedule == .jittered
                ? Double(k) + Double.random(in: 0..<1, using: &random)
                : Double.random(in: 0..<Double(ticks), using: &random)
        }.sorted()
        var at = 0
        let seen = instants.map { instant in
            while timeline[at].end <= instant, at < timeline.count - 1 { at += 1 }
            return timeline[at].function
        }
        return profile(schedule, seen, instants: instants.map { Int64($0 * 1e6) })
    }

    /// One run that saw these functions in order.
    static func profile(_ schedule: Schedule, _ seen: [Int], instants: [Int64]? = nil) -> Profile {
        var run = PlantedRun(schedule: schedule)
        let count = (seen.max() ?? 0) + 1
        let stacks = (0..<count).map { run.stack("f\($0):\($0 + 1)") }
        for (tick, function) in seen.enumerated() { run.tick(tick, stacks[function], instant: instants?[tick]) }
        run.ledger(due: seen.count + 1, missed: 1)
        return run.profile
    }

    static func compare(_ a: Profile, _ b: Profile) throws -> CompareFindings {
        try Comparison.findings(ofProfiles: [("a", a), ("b", b)])
    }

    /// The part of trials with p < 0.05: by total variation, and by G.
    private static func found(trials: Int, seed: UInt64, _ draw: (inout SplitMix) -> (Profile, Profile)) -> (
        tv: Double, g: Double
    ) {
        var random = SplitMix(state: seed)
        var found = (tv: 0, g: 0)
        for _ in 0..<trials {
            let (a, b) = draw(&random)
            guard let runs = ComparisonOfRuns(a, b, by: (Places(pythonFunctionsOf: a), Places(pythonFunctionsOf: b)))
            else { continue }
            guard let null = runs.null(seed: 7) else { continue }
            if null.totalVariation.p < 0.05 { found.tv += 1 }
            if let g = null.g, g.p < 0.05 { found.g += 1 }
        }
        return (Double(found.tv) / Double(trials), Double(found.g) / Double(trials))
    }

    /// Phases shorter than an interval and longer ones.
    @Test(arguments: [Schedule.poisson, .jittered], [0.3, 40])
    func twoRunsOfOneTimelineSeldomDiffer(schedule: Schedule, phase: Double) {
        let found = Self.found(trials: 2000, seed: 20_261) { random in
            let timeline = Self.timeline(intervals: 200, phase: phase, functions: 8, &random)
            return (
                Self.run(timeline, schedule, ticks: 200, &random), Self.run(timeline, schedule, ticks: 200, &random)
            )
        }
        #expect(found.tv <= 0.065 && found.g <= 0.065)
    }

    /// Two functions that alternate fast in one of four slow phases, among six that do not: where χ² by the mean design
    /// effect rejects 13 to 15 %.
    @Test func fastAlternationAmongSlowPhasesIsNotTakenForADifference() {
        let found = Self.found(trials: 1000, seed: 31) { random in
            var timeline: [(end: Double, function: Int)] = []
            var end = 0.0
            while end < 300 {
                let phase = end + Double.random(in: 10...90, using: &random)
                let isFast = Int.random(in: 0..<4, using: &random) == 0
                let slow = Int.random(in: 2..<8, using: &random)
                while end < phase {
                    end = isFast ? min(phase, end + Double.random(in: 0.02...0.18, using: &random)) : phase
                    timeline.append((end, isFast ? 1 - (timeline.last.map { min(1, $0.function) } ?? 0) : slow))
                }
            }
            return (
                Self.run(timeline, .jittered, ticks: 300, &random), Self.run(timeline, .jittered, ticks: 300, &random)
            )
        }
        #expect(found.g >= 0.03 && found.g <= 0.075 && found.tv <= 0.065)
    }

    /// Independent ticks of a profile in which each function has its part of a thousand.
    private static func drawn(_ parts: [Int], ticks: Int, _ random: inout SplitMix) -> Profile {
        let functions = parts.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
        return profile(
            .poisson, (0..<ticks).map { _ in functions[Int.random(in: 0..<functions.count, using: &random)] })
    }

    /// 3 points at a share of 30 %, 10,000 samples a profile, found in at least 95 %, unadjusted.
    @Test func threePointsOfThirtyAreFound() throws {
        var random = SplitMix(state: 3)
        var found = 0
        for _ in 0..<60 {
            let a = Self.drawn([300, 400, 300], ticks: 10_000, &random)
            let b = Self.drawn([330, 370, 300], ticks: 10_000, &random)
            let differences = try Self.compare(a, b).differences
            let first = try #require(differences.first { $0.function == "f0" && $0.by == .function })
            if first.unadjustedP < 0.05 { found += 1 }
        }
        #expect(found >= 57)
    }

    /// 4 points among 50 functions, after Benjamini and Hochberg; and few of the others are called.
    @Test func fourPointsAmongFiftyFunctionsAreFound() throws {
        var random = SplitMix(state: 4)
        var (found, wrong) = (0, 0)
        let even = [300] + Array(repeating: 14, count: 35) + Array(repeating: 15, count: 14)
        let shifted = [340] + Array(repeating: 13, count: 26) + Array(repeating: 14, count: 23)
        #expect(even.reduce(0, +) == 1000 && shifted.reduce(0, +) == 1000)
        for _ in 0..<60 {
            let a = Self.drawn(even, ticks: 10_000, &random)
            let (b, c) = (Self.drawn(shifted, ticks: 10_000, &random), Self.drawn(even, ticks: 10_000, &random))
            let differences = try Self.compare(a, b).differences
            if differences.contains(where: { $0.function == "f0" && $0.by == .function && $0.isBeyondChance }) {
                found += 1
            }
            if try Self.compare(a, c).differences.contains(where: { $0.by == .function && $0.isBeyondChance }) {
                wrong += 1
            }
        }
        #expect(found >= 57 && wrong <= 8)
    }

    @Test func everyPlaceOfBothRunsIsListed() throws {
        let findings = try Self.compare(Self.profile(.poisson, [0, 0, 1, 2]), Self.profile(.poisson, [0, 3, 3, 3]))
        #expect(Set(findings.differences.filter { $0.by == .function }.map(\.function)) == ["f0", "f1", "f2", "f3"])
        for each in findings.differences { #expect(isClose(each.difference.mean, each.shareB - each.shareA)) }
        #expect(findings.differences.filter { $0.by == .line }.count == 4)
        #expect(!findings.caveats.contains { $0.code == "few-runs" })
        #expect(findings.differences.allSatisfy { $0.estimand == .thisRun })
    }

    /// Single runs show no change of a program: the caveat says so, and what to do.
    @Test func singleRunsAskForMore() throws {
        let findings = try Self.compare(Self.profile(.poisson, [0, 0, 1, 2]), Self.profile(.poisson, [0, 3, 3, 3]))
        let caveats = findings.caveats.filter { $0.code == "single-runs" }
        let text = try #require(caveats.first).text
        #expect(caveats.count == 1 && text.contains("Repeats of one program differ too"))
        #expect(
            text.contains("for i in 1 2 3 4 5; do swprof run -o old-$i.pb.gz")
                && text.contains("swprof compare old-*.pb.gz new-*.pb.gz"))
    }

    @Test func theSameRunTwiceDoesNotDiffer() throws {
        let run = Self.profile(.jittered, (0..<300).map { $0 / 30 % 3 })
        let findings = try Self.compare(run, run)
        let agreement = try #require(findings.agreement.first)
        #expect(agreement.totalVariation == 0 && agreement.p == 1 && agreement.g?.p == 1)
        #expect(findings.differences.allSatisfy { $0.p == 1 })
    }

    @Test func instantsThatAreNotOursAndForeignProfilesHaveNoP() throws {
        let own = Self.profile(.jittered, (0..<300).map { $0 / 30 % 3 })
        var (notOurs, foreign, periodic) = (own, own, own)
        notOurs.instantsAreOwn = false
        foreign.schedule = nil
        for sample in foreign.samples.indices { foreign.samples[sample].tick = nil }
        periodic.schedule = .periodic
        for other in [notOurs, foreign, periodic] {
            let findings = try Self.compare(own, other)
            #expect(findings.agreement.allSatisfy { $0.p == nil && $0.noiseFloor == nil && $0.g == nil })
            #expect(findings.differences.isEmpty && findings.caveats.contains { $0.code == "few-runs" })
            #expect(!findings.designs[1].caveats.isEmpty)
        }
    }

    /// Nothing, one sample, all on one function, more functions than samples: figures or none, never NaN.
    @Test(arguments: [[], [0], [0, 0, 0, 0], Array(0..<40)], [[], [0], [1, 1, 1], Array(20..<45)])
    func littleDataGiveFiguresOrNone(a: [Int], b: [Int]) throws {
        for schedule in [Schedule.poisson, .jittered] {
            let findings = try Self.compare(Self.profile(schedule, a), Self.profile(schedule, b))
            for agreement in findings.agreement {
                let figures = [agreement.noiseFloor, agreement.p, agreement.g?.p, agreement.g?.statistic].compactMap {
                    $0
                }
                #expect(figures.allSatisfy { $0.isFinite && $0 >= 0 })
            }
            for each in findings.differences {
                #expect((0...1).contains(each.p) && each.difference.low! <= each.difference.high!)
            }
            if a.isEmpty { #expect(findings.designs[0].caveats.contains { $0.code == "few-samples" }) }
        }
    }

    /// A thread's ticks are not independent of another's of the same instant: together they weigh one tick.
    @Test func threadsThatMoveTogetherCountOnce() throws {
        func threads(_ count: Int) throws -> Double {
            var run = PlantedRun(schedule: .poisson, threads: Array(repeating: 1_000_000_000, count: 2))
            let (a, b) = (run.stack("a:1"), run.stack("b:2"))
            for k in 0..<400 {
                let stack = k % 2 == 0 ? a : b
                if count == 2 { run.tick(k, stack, stack) } else { run.tick(k, stack) }
            }
            return try #require(try Self.compare(run.profile, run.profile).agreement.first?.noiseFloor)
        }
        #expect(abs(try threads(2) - threads(1)) < 1e-9)
    }
}
