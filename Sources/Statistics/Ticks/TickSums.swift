/// What is added up over all ticks of a run, whichever place is asked for. Tick k has weight wₖ, which is what it saw and
/// its part of the ticks that were lost beside it. Differences are of what ticks saw alone.
public struct TickTotals: Sendable, Equatable {
    /// N: the number of valid ticks.
    public var ticks = 0.0
    /// Σ w
    public var w = 0.0
    /// Σ w²
    public var ww = 0.0
    /// The part of Σ w that stands for lost ticks.
    public var lost = 0.0
    /// How many ticks' variance the sums have: N where none was lost.
    public var strata = 0.0
    /// M: the number of pairs of neighbours that were both taken.
    public var pairs = 0.0
    /// Σ (Δw)² over the pairs
    public var dwdw = 0.0
    /// The number of windows: four neighbours that were all taken.
    public var windows = 0.0
    /// Σ (Dw)² over the windows, D as in `DifferenceSequence`
    public var d3wd3w = 0.0

    public init() {}

    /// λ: the part of the weight that stands for lost ticks.
    public var lostPart: Double { w > 0 ? min(1, max(0, lost / w)) : 0 }

    /// Kish's effective number of ticks, (Σw)² / Σw²: N where all weights are equal.
    /// Source: L. Kish, Survey Sampling (1965), section 11.7.
    public var effectiveTicks: Double { ww > 0 ? w * w / ww : 0 }
}

/// What is added up over the ticks for one place (a function or a line), of which tick k saw yₖ ≤ wₖ.
public struct TickSums: Sendable, Equatable {
    /// Σ y
    public var y = 0.0
    /// The part of Σ y that stands for lost ticks.
    public var lost = 0.0
    /// Σ y²
    public var yy = 0.0
    /// Σ y·w
    public var yw = 0.0
    /// Ticks that saw the place at all: y > 0.
    public var on = 0.0
    /// Ticks that saw nothing else: y = w.
    public var full = 0.0
    /// Σ (Δy)² over the pairs
    public var dydy = 0.0
    /// Σ Δy·Δw over the pairs
    public var dydw = 0.0
    /// Σ (Dy)² over the windows, D as in `DifferenceSequence`
    public var d3yd3y = 0.0
    /// Σ Dy·Dw over the windows
    public var d3yd3w = 0.0

    public init() {}

    /// The share Σy / Σw, between 0 and 1; `nil` where no tick has weight.
    public func share(of totals: TickTotals) -> Double? {
        totals.w > 0 ? min(1, y / totals.w) : nil
    }

    /// The same of what was seen alone.
    public func shareSeen(of totals: TickTotals) -> Double? {
        totals.w > totals.lost ? min(1, (y - lost) / (totals.w - totals.lost)) : nil
    }
}
