import Analysis

/// What the terminal and the HTML report say of the causal check alike.
extension Wording {
    static let causalHeading = "Causal check: functions slowed by a known amount"

    static let causalNote =
        "Each function was slowed by about 10, 20 and 40 % of the program's time. Slope: what a design adds to the function's self time, by what the "
        + "unprofiled program gains; it must be 1. Intercept: what it adds besides; it must be 0. A design does not move as it must if its whole "
        + "interval, widened to hold for all functions and designs at once, is more than 0.05 away from these."

    static func slope(_ design: CausalDesign) -> String { estimate(design.slope) { Figures.fixed($0, 2) } }

    /// In milliseconds.
    static func intercept(_ design: CausalDesign) -> String {
        estimate(design.intercept) { Figures.fixed($0 * 1e3, 1) }
    }

    private static func estimate(_ estimate: BoundedFigure?, _ write: (Double) -> String) -> String {
        guard let estimate else { return Figures.missing }
        guard let low = estimate.low, let high = estimate.high else { return write(estimate.value) }
        return "\(write(estimate.value)) [\(write(low)), \(write(high))]"
    }
}
