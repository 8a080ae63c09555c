/// What profiling adds, as a sum of costs: T − T₀ = β₀ + Σ βⱼ·xⱼ over workloads.
///
/// The predictors are counts such as Python calls and C calls; the weighted and the robust fit stand side
/// by side, so that a single workload that does not fit shows as a difference between them.
public struct OverheadRegression: Sendable, Equatable {
    /// One measurement of one workload.
    public struct Row: Sendable, Equatable {
        /// Added time T − T₀, in seconds.
        public var added: Double
        /// x₁, x₂, …: the same in number and order for all rows; β₀ needs none.
        public var predictors: [Double]
        /// In proportion to 1/variance of the added time.
        public var weight: Double
        /// The workload, for leaving it out.
        public var group: Int

        public init(added: Double, predictors: [Double], weight: Double = 1, group: Int) {
            self.added = added
            self.predictors = predictors
            self.weight = weight
            self.group = group
        }
    }

    /// A cost in seconds a unit of its predictor, with Student's t interval.
    public struct Coefficient: Sendable, Equatable {
        public var value: Double
        public var bounds: Bounds
    }

    /// β₀, β₁, … of weighted least squares.
    public var weighted: [Coefficient]
    /// The same with Tukey's bisquare; `nil` where its iteration does not settle.
    public var robust: [Coefficient]?
    /// `nil` where no rows share their predictors or these leave no degrees of freedom.
    public var lackOfFit: LackOfFit?
    /// What each workload was predicted to add by a fit to the others, by group in ascending order.
    public var leftOut: [Prediction]

    /// Least squares with relative weights; intervals at n − p degrees of freedom (N. R. Draper and
    /// H. Smith, Applied Regression Analysis, 3rd ed. 1998, sections 5.2 and 9.2).
    ///
    /// `nil` where there are not more rows than coefficients, these cannot be told apart, rows
    /// differ in their predictors' number, a number is not finite or a weight is not above 0.
    public init?(_ rows: [Row], confidence: Double = 0.95) {
        guard let fit = Self.regression(rows)?.weighted() else { return nil }
        weighted = Self.coefficients(fit, confidence)
        robust = Self.regression(rows)?.robust().map { Self.coefficients($0, confidence) }
        lackOfFit = LackOfFit(rows, fit)
        leftOut = Self.predictions(rows)
    }

    static func regression(_ rows: [Row]) -> Regression? {
        Regression(rows.map { [1] + $0.predictors }, rows.map(\.added), weights: rows.map(\.weight))
    }

    private static func coefficients(_ fit: RegressionFit, _ confidence: Double) -> [Coefficient] {
        let t = Quantile.student((1 + confidence) / 2, degreesOfFreedom: Double(fit.degreesOfFreedom))
        return zip(fit.coefficients, fit.variances).map { value, variance in
            let reach = t * variance.squareRoot()
            return Coefficient(value: value, bounds: Bounds(low: value - reach, high: value + reach))
        }
    }
}
