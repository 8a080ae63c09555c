import Capture
import Testing

@Suite struct TickScheduleTests {
    private func ticks(_ kind: TickSchedule.Kind, _ count: Int, seed: UInt64 = 1) -> [TickSchedule.Tick] {
        var schedule = TickSchedule(kind, rate: 1000, seed: seed)
        return (0..<count).map { _ in schedule.next() }
    }

    @Test func jitteredHasOneTickInEveryInterval() {
        for (number, tick) in ticks(.jittered, 5000).enumerated() {
            #expect(tick.due / 1_000_000 == number)
            #expect(tick.number == UInt64(number))
        }
    }

    @Test func jitteredTicksAreSpreadOverTheirInterval() {
        let phases = ticks(.jittered, 20_000).map { Double($0.due % 1_000_000) / 1e6 }
        for tenth in 0..<10 {
            let count = phases.filter { Int($0 * 10) == tenth }.count
            #expect((1800...2200).contains(count))
        }
    }

    @Test func poissonGapsAreExponential() {
        let due = ticks(.poisson, 50_001).map { Double($0.due) / 1e6 }
        let gaps = zip(due.dropFirst(), due).map { $0 - $1 }
        let mean = gaps.reduce(0, +) / Double(gaps.count)
        #expect(abs(mean - 1) < 0.02)
        // P(gap > 1) = 1/e.
        let long = Double(gaps.filter { $0 > 1 }.count) / Double(gaps.count)
        #expect(abs(long - 0.3679) < 0.01)
    }

    @Test func periodicMovesATenthOfItsTicks() {
        let all = ticks(.periodic, 20_000)
        let probes = all.filter(\.isProbe)
        #expect((1800...2200).contains(probes.count))
        #expect(all.filter { !$0.isProbe }.allSatisfy { $0.due % 1_000_000 == 0 })
        #expect(Set(probes.map { $0.due % 1_000_000 / 100_000 }).count == 10)
    }

    @Test(arguments: [TickSchedule.Kind.jittered, .poisson, .periodic])
    func dueInstantsNeverDecrease(_ kind: TickSchedule.Kind) {
        let due = ticks(kind, 10_000).map(\.due)
        #expect(zip(due, due.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func aSeedGivesTheSameTicksAgain() {
        #expect(ticks(.jittered, 100, seed: 7) == ticks(.jittered, 100, seed: 7))
        #expect(ticks(.jittered, 100, seed: 7) != ticks(.jittered, 100, seed: 8))
    }
}
