import ProfileModel
import Testing

@testable import Analysis

@Suite struct FlameTableTests {
    private func total(_ table: FlameTable, _ name: String) -> Double {
        var totals = [Double](repeating: 0, count: table.parents.count)
        for own in table.own.values { for (node, time) in own { totals[node] += time } }
        for node in totals.indices.dropFirst().reversed() { totals[table.parents[node]] += totals[node] }
        return totals.indices.dropFirst().filter { table.frames[table.frameOfNode[$0]].function.name == name }
            .reduce(0) { $0 + totals[$1] }
    }

    private func kind(_ table: FlameTable, _ name: String) -> FlameFrame.Kind? {
        table.frames.first { $0.function.name == name }?.kind
    }

    @Test func allTimeIsSomebodysAndFramesSayWhoseCodeTheyAre() {
        var profile = Planted.profile("t", .tracing, [("main:3 f:7", 20, 1), ("main:3 len", 30, 1), ("main:3", 50, 1)])
        profile.own = ["p.py"]
        let table = FlameTable(of: profile)
        #expect(table.whole == 100 && total(table, "main") == 100 && total(table, "len") == 30)
        #expect(kind(table, "main") == .own && kind(table, "len") == .c)
    }

    /// What stacks do not know stands above them: what was called in C, and that a thread waited.
    @Test func whatIsCalledAndWaitingAreFrames() {
        var profile = Planted.profile("s", .sampling, [("main:3", 10, 1), ("main:3", 20, 1), ("main:3", 30, 1)])
        profile.samples[0].note = SampleNote(called: "time.sleep")
        profile.samples[0].isWaiting = true
        profile.samples[1].note = SampleNote(called: "set.update")
        profile.samples[2].isWaiting = true
        let table = FlameTable(of: profile)
        #expect(kind(table, "sleep") == .waiting && kind(table, "update") == .c && kind(table, "waiting") == .waiting)
        #expect(total(table, "main") == 60 && total(table, "waiting") == 30)
    }

    @Test func timeIsByThreadAndTask() {
        var profile = Planted.profile("s", .sampling, [("main:3", 10, 1), ("main:4", 20, 1)])
        profile.threads.append(ThreadLife(id: 2, name: "other", nanoseconds: 0))
        profile.samples[1].thread = 1
        profile.samples[1].note = SampleNote(called: profile.samples[1].called, task: .named("fetch"))
        let table = FlameTable(of: profile)
        #expect(Set(table.own.keys) == [.init(thread: 0), .init(thread: 1, task: "fetch")])
        #expect(table.threads.map(\.name).last == "other")
    }

    @Test func stacksBeginAtTheFunctionThatIsAskedFor() {
        let profile = Planted.profile("s", .sampling, [("main:3 f:7", 25, 1), ("main:3", 75, 1)])
        let table = FlameTable(of: profile, within: "f")
        #expect(total(table, "f") == table.whole && total(table, "main") == 0)
    }
}

@Suite struct GapHistogramTests {
    private func profile(_ instants: [Int64]) -> Profile {
        var profile = Planted.profile("s", .sampling, instants.map { _ in ("main:3", 1, 1) })
        for (at, instant) in instants.enumerated() {
            (profile.samples[at].tick, profile.samples[at].instant) = (at, instant)
        }
        return profile
    }

    @Test func everyGapIsInOneBin() throws {
        let gaps = (0..<40).map { Int64($0 % 4 == 3 ? 5_000_000 : 1_000_000) }
        let instants = gaps.reduce(into: [Int64(0)]) { $0.append($0[$0.count - 1] + $1) }
        let histogram = try #require(GapHistogram(profile(instants)))
        // The mean gap is 2 ms, and the picture ends at four of them.
        #expect(abs(histogram.width - 200_000) < 1 && histogram.counts[5] == 30 && histogram.counts[25] == 10)
        #expect(histogram.counts.reduce(0, +) + histogram.longer == 40)
    }

    @Test func fewTicksAreNoPicture() {
        #expect(GapHistogram(profile([0, 1, 2])) == nil)
        #expect(GapHistogram(Planted.profile("t", .tracing, [("main:3", 1, 1)])) == nil)
    }
}
