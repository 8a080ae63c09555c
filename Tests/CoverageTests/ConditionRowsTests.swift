import Measuring
import Testing

@testable import swprof_coverage

/// Runs of which `covered` of `count` cover, that err by so much, and lost so many of 1,000 ticks.
private func cell(
    _ workload: String, covered: Int, of count: Int = 40, error: Double = 0, noise: Double = 0.001, lost: Int = 0,
    in surroundings: Surroundings = Surroundings()
) -> StoredCell {
    StoredCell(
        workload: workload, aim: 0, arm: .run(in: surroundings),
        runs: (0..<count).map { number in
            let share = 0.3 + error + (number % 2 == 0 ? noise : -noise)
            let isCovered = number < covered
            return StoredRun(
                seed: UInt64(number), ticks: 1000, due: 1000, lost: lost, aliasing: false,
                shares: [
                    RunShare(function: "f", truth: 0.3, share: share, low: isCovered ? 0 : 0.9, high: 1)
                ])
        })
}

private func verdict(_ ending: String, _ cells: StoredCell...) -> Verdict? {
    ConditionRows(cells).rows.first { $0.figure.hasSuffix(ending) }?.verdict
}

@Suite struct ConditionRowsTests {
    /// 25 of 40 at an edge of 90 % have p below 0.01, 33 have not.
    @Test func aProgramIsMissedByTheExactTest() {
        #expect(verdict(", w", cell("w", covered: 40)) == .met)
        #expect(verdict(", w", cell("w", covered: 33)) == .met)
        #expect(verdict(", w", cell("w", covered: 25)) == .missed)
        #expect(verdict(", w", cell("w", covered: 12, of: 12)) == .undecided)
    }

    /// Four programs at 34 of 40 are each within chance of 90 %; together their 85 % are not within chance of 94 %.
    @Test func programsThatAllCoverTooSeldomAreMissedTogether() {
        let cells = ["a", "b", "c", "d"].map { cell($0, covered: 34) }
        let rows = ConditionRows(cells).rows
        #expect(rows.first { $0.figure.hasSuffix("all programs") }?.verdict == .missed)
        #expect(
            ["a", "b", "c", "d"].allSatisfy { name in rows.first { $0.figure.hasSuffix(", \(name)") }?.verdict == .met }
        )
    }

    /// 0.8 points are chance where runs differ by ten points, and a bias where they differ by a tenth of one.
    @Test func aBiasIsMoreThanHalfAPointAndMoreThanChance() {
        #expect(verdict("bias", cell("w", covered: 40, error: 0.008, noise: 0.001)) == .missed)
        #expect(verdict("bias", cell("w", covered: 40, error: 0.008, noise: 0.1)) == .met)
        #expect(verdict("bias", cell("w", covered: 40, error: 0.004, noise: 0.001)) == .met)
        #expect(verdict("bias", cell("v", covered: 40), cell("w", covered: 40, error: -0.008)) == .missed)
    }

    /// Half a per cent where there is a free processor, two where there is none.
    @Test(arguments: [(5, 0, Verdict.met), (6, 0, .missed), (20, 4, .met), (21, 4, .missed)])
    func lostTicksAreHeldToWhatTheMachineAllows(lost: Int, load: Int, expected: Verdict) {
        #expect(verdict("lost ticks", cell("w", covered: 40, lost: lost, in: Surroundings(load: load))) == expected)
    }

    @Test func oneProgramThatLosesIsNotHiddenByOthers() {
        #expect(verdict("lost ticks", cell("v", covered: 40), cell("w", covered: 40, lost: 9)) == .missed)
    }
}

@Suite struct LossRowsTests {
    @Test func runsArePooledByWhatTheyLost() {
        let rows = LossRows([
            cell("v", covered: 40, lost: 4), cell("w", covered: 40, lost: 60), cell("x", covered: 20, lost: 99),
            cell("y", covered: 0, lost: 100),
        ]).rows
        #expect(
            rows.map(\.figure) == [
                "by loss, 0 to 0.5 % of ticks lost", "by loss, 5 to 10 % of ticks lost",
                "by loss, over 10 % of ticks lost",
            ])
        #expect(rows.map(\.from) == ["40 runs", "80 runs", "40 runs"])
        #expect(rows.map(\.verdict) == [.met, .missed, .missed])
    }

    @Test func otherSchedulesAreNotPooledWithIt() {
        var poisson = cell("w", covered: 40)
        poisson.arm.schedule = .poisson
        #expect(LossRows([poisson]).rows.isEmpty)
    }
}
