import Testing

@testable import Statistics

@Suite struct ChangePointsTests {
    private func series(_ levels: [(Int, Double)], seed: UInt64 = 1) -> [Double] {
        var random = SplitMix(state: seed)
        return levels.flatMap { count, level in (0..<count).map { _ in level + 0.01 * random.normal() } }
    }

    @Test func plantedChangesAreFoundWhereTheyAre() throws {
        let points = try #require(ChangePoints(series([(8, 1.3), (30, 1), (20, 1.1)])))
        #expect(points.segments.map(\.range) == [0..<8, 8..<38, 38..<58])
        #expect(zip(points.segments, [1.3, 1, 1.1]).allSatisfy { abs($0.mean - $1) < 0.01 })
    }

    @Test func aLevelSeriesSeldomHasAChange() {
        let found = (1...200).count { ChangePoints(series([(30, 1)], seed: $0))?.segments.count != 1 }
        #expect(found <= 20, "\(found) of 200")
    }

    @Test func oneFarOutValueIsNoChange() throws {
        var values = series([(30, 1)])
        values[10] = 9
        #expect(try #require(ChangePoints(values)).segments.count == 1)
    }

    @Test(arguments: [
        ([(30, 1.0)], Settling.flat), ([(10, 1.3), (20, 1.0)], .warmup), ([(10, 1.0), (20, 1.2)], .slowdown),
        ([(10, 1.0), (10, 1.3), (10, 1.1)], .unsteady), ([(10, 1.3), (10, 1.5), (10, 1.0)], .warmup),
    ])
    func howASeriesSettlesIsNamed(_ levels: [(Int, Double)], _ settling: Settling) {
        #expect(Settling(series(levels)) == settling)
    }

    @Test func tooFewOrBrokenValuesGiveNone() {
        #expect(ChangePoints(series([(9, 1)])) == nil)
        #expect(ChangePoints(series([(9, 1)]) + [.nan]) == nil)
        #expect(Settling([]) == nil)
    }

    @Test func fencesHoldAllButWhatIsFarOut() throws {
        let fences = try #require(Fences([1, 2, 3, 4, 5, 6, 7, 8, 9, 40]))
        #expect(fences.holds(9) && fences.holds(1) && !fences.holds(40))
        #expect(Fences([1, 2, 3]) == nil)
    }
}
