import Testing

@testable import swprof_bench

@Suite struct FigureNamesTests {
    @Test func figuresAreFoundByTheBeginningOfTheirName() {
        #expect(
            Figures.named("slowdown").map(\.name) == ["slowdown recursion", "slowdown mixed calls", "slowdown sieve"])
        #expect(Figures.named("nosuch").isEmpty)
        #expect(Set(Figures.all.map(\.name)).count == Figures.all.count)
    }
}
