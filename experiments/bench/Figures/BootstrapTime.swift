import Measuring
import Running
import Statistics

/// How long it takes to draw 10,000 replicates of a profile of 1,000 functions, within this process.
struct BootstrapTime: Figure {
    var name: String { "bootstrap" }

    /// Ten seconds at 1 kHz over a heavy tail, the k-th function with 1/k of the first one's ticks.
    static let counts: [Int] = {
        let parts = (1...1000).map { 1 / Double($0) }
        let whole = parts.reduce(0, +)
        return parts.map { Int((10_000 * $0 / whole).rounded()) }
    }()

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        var seconds: [Double] = []
        for trial in 1...bench.trials(20) {
            seconds.append(try time(seed: UInt(trial)))
            bench.progress(name, trial)
        }
        bench.report(row(ClusteredMean.of(seconds), trials: seconds.count))
    }

    private func time(seed: UInt) throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        guard ProfileBootstrap.shares(counts: Self.counts, seed: seed) != nil else {
            throw RunningError.failed("the bootstrap of \(Self.counts.count) functions gave nothing")
        }
        return start.duration(to: clock.now) / .seconds(1)
    }

    private func row(_ estimate: RoundsEstimate?, trials: Int) -> Row {
        let figure = RoundedFigure(
            figure: "10,000 bootstrap replicates of 1,000 functions", asked: .atMost(1), askedText: "under 1 s",
            precision: .tenth, places: 2, unit: " s"
        ) { _ in estimate }
        var row = figure.row([])
        row.from = Words.count(trials, "trial")
        return row
    }
}
