import Testing

@testable import swprof_bench

@Suite struct TableTests {
    @Test(arguments: [
        (0.75, 2, "0.75"), (1.0049, 2, "1.00"), (-0.004, 2, "0.00"), (-1.5, 1, "-1.5"), (12.0, 0, "12"),
        (0.05, 3, "0.050"), (.nan, 2, "?"), (.infinity, 2, "?"),
    ])
    func decimalsAreRounded(value: Double, places: Int, text: String) {
        #expect(decimals(value, places) == text)
    }

    @Test func columnsStandUnderTheHeader() {
        let row = Row(figure: "f", asked: "at most 1", measured: "0.5", rounds: 20, verdict: .met)
        let header = Table.header
        let line = Table.line(row)
        let column = header.distance(from: header.startIndex, to: header.ranges(of: "verdict")[0].lowerBound)
        #expect(line.distance(from: line.startIndex, to: line.ranges(of: "met")[0].lowerBound) == column)
    }

    @Test func figuresAreFoundByTheBeginningOfTheirName() {
        #expect(Figures.named("slowdown").map(\.name) == ["slowdown recursion", "slowdown mixed calls", "slowdown sieve"])
        #expect(Figures.named("nosuch").isEmpty)
        #expect(Set(Figures.all.map(\.name)).count == Figures.all.count)
    }
}
