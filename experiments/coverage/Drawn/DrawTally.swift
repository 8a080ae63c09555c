import Capture
import ProfileModel
import Statistics

/// What many draws from one timeline at one N say.
struct DrawTally {
    /// In how many the function that was picked at random was covered.
    private(set) var picked = 0
    private(set) var functions: [FunctionTally]
    private let timeline: Timeline
    private let truth: [Double]

    /// Of one function: sums over the draws.
    struct FunctionTally {
        var covered = 0
        /// Share − truth.
        var error = 0.0
        var width = 0.0
        /// Of Wilson's or Clopper and Pearson's interval of as many independent ticks.
        var binomialWidth = 0.0
        /// Of the poisson interval of the same ticks.
        var poissonWidth = 0.0
        /// The greatest width / the poisson interval's.
        var widest = 0.0
    }

    init(_ timeline: Timeline) {
        self.timeline = timeline
        truth = timeline.truth
        functions = Array(repeating: FunctionTally(), count: timeline.functions.count)
    }

    /// Draws once more.
    mutating func draw(_ kind: TickSchedule.Kind, ticks: Int, using random: inout RandomSource) {
        let interval = Double(timeline.length) / Double(ticks)
        let schedule = TickSchedule(kind, rate: 1e9 / interval, seed: random.next())
        // In a real run main begins anywhere between two ticks.
        let draw = TickDraw(of: timeline, by: schedule, begin: Int64((1 + random.uniform()) * interval))
        let pick = Int(random.next() % UInt64(functions.count))
        for function in functions.indices {
            let isCovered = add(draw, function, kind)
            if function == pick, isCovered { picked += 1 }
        }
    }

    private mutating func add(_ draw: TickDraw, _ function: Int, _ kind: TickSchedule.Kind) -> Bool {
        let (sums, totals) = (draw.sums[function], draw.totals)
        functions[function].error += (sums.share(of: totals) ?? 0) - truth[function]
        guard let poisson = ShareInterval.poisson(sums, totals) else { return false }
        let interval = kind == .poisson ? poisson : ShareInterval.jittered(sums, totals) ?? poisson
        functions[function].width += interval.width
        functions[function].poissonWidth += poisson.width
        functions[function].binomialWidth += binomialWidth(sums, totals)
        functions[function].widest = max(functions[function].widest, interval.width / poisson.width)
        let isCovered = interval.covers(truth[function])
        functions[function].covered += isCovered ? 1 : 0
        return isCovered
    }

    /// As if every tick in main were one trial.
    private func binomialWidth(_ sums: TickSums, _ totals: TickTotals) -> Double {
        let ticks = totals.effectiveTicks
        return BinomialInterval.recommended((sums.share(of: totals) ?? 0) * ticks, of: ticks)?.width ?? 0
    }
}

extension Bounds {
    var width: Double { high - low }
}
