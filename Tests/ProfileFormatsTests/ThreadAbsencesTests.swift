import Capture
import Testing

@testable import ProfileFormats

@Suite struct ThreadAbsencesTests {
    /// Ticks that see these threads; `nil` is one at which the sampler did not look.
    private func absences(_ seen: [[UInt32]?]) -> ThreadAbsences {
        var absences = ThreadAbsences()
        for (number, threads) in seen.enumerated() {
            absences.enter(
                TickRecord(
                    number: UInt64(number), due: Int64(number), taken: threads == nil ? 0 : Int64(number) + 1,
                    isProbe: false,
                    threads: (threads ?? []).map {
                        ThreadSample(thread: $0, outcome: .missed, stack: 0, cpu: 0, instant: 0)
                    }))
        }
        return absences
    }

    @Test func aThreadIsAwayWhereItIsThereBeforeAndAfter() {
        let found = absences([[0, 2], [0], [0], [0, 2], [0, 1], [0, 1]])
        #expect(found.presence(of: 0) == 1 && found.presence(of: 1) == 1 && found.presence(of: 2) == 0.5)
        #expect(found.presence(of: 7) == 1)
    }

    @Test func whereNobodyLookedNobodyWasAway() {
        #expect(absences([[0], nil, nil, [0], [], [0]]).presence(of: 0) == 0.75)
    }
}
