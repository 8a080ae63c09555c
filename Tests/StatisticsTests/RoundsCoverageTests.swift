import Testing

@testable import Statistics

/// How often intervals over rounds hold the true figure, simulated with lognormal variation from run to run.
struct RoundsCoverageTests {
    private static let experiments = 3000

    /// Control and profiled time each vary about a slowdown of 1.05.
    @Test(arguments: [5, 10, 30], [0.02, 0.2])
    func slowdown(rounds: Int, variation: Double) throws {
        var random = SplitMix(state: UInt64(rounds) * 1000 + UInt64(variation * 100))
        let held = try (0..<Self.experiments).count { _ in
            let control = (0..<rounds).map { _ in random.factor(variation: variation) }
            let profiled = control.map { _ in 1.05 * random.factor(variation: variation) }
            let bounds = try #require(Jackknife.ratio(profiled, to: control)?.bounds)
            return bounds.low <= 1.05 && 1.05 <= bounds.high
        }
        #expect((0.93...0.97).contains(part(held)))
    }

    /// The time in the function and that elsewhere vary each by itself.
    @Test(arguments: [5, 10, 30], [0.02, 0.2])
    func share(rounds: Int, variation: Double) throws {
        var random = SplitMix(state: UInt64(rounds) * 1000 + UInt64(variation * 100) + 1)
        for share in [0.01, 0.3, 0.9] {
            let held = try (0..<Self.experiments).count { _ in
                let (parts, wholes) = run(rounds, share, variation, &random)
                let bounds = try #require(Jackknife.share(parts, of: wholes)?.bounds)
                return bounds.low <= share && share <= bounds.high
            }
            #expect((0.93...0.97).contains(part(held)))
        }
    }

    private func part(_ held: Int) -> Double { Double(held) / Double(Self.experiments) }

    private func run(
        _ rounds: Int, _ share: Double, _ variation: Double, _ random: inout SplitMix
    ) -> (parts: [Double], wholes: [Double]) {
        let parts = (0..<rounds).map { _ in share * random.factor(variation: variation) }
        return (parts, parts.map { $0 + (1 - share) * random.factor(variation: variation) })
    }
}
