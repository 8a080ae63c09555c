import Statistics

/// What a design adds to programs, told from several workloads by their counts of calls.
///
/// T − T₀ = β₀ + β_py·calls_py + β_c·calls_c, in seconds of CPU time; the counts are those of the tracing design that
/// sees the most.
public struct OverheadModel: Encodable, Sendable, Equatable {
    /// A cost in seconds: of a run, of a Python call or of a C call.
    public struct Cost: Encodable, Sendable, Equatable {
        public var name: String
        public var seconds: Double
        /// 95 % interval of the weighted fit.
        public var low: Double
        public var high: Double
        /// By the robust fit; null where that does not settle.
        @ExplicitNull public var robust: Double?
    }

    public var design: String
    public var workloads: [String]
    public var costs: [Cost]
    /// Probability, were the model right, of a lack of fit as large; null without repeated comparisons.
    @ExplicitNull public var lackOfFitP: Double?
    /// Σ |predicted − measured| / Σ |measured|, each workload predicted from the others.
    @ExplicitNull public var leaveOneOutError: Double?

    private static let names = ["run", "Python call", "C call"]

    /// What a design added to one program, whose calls are known.
    public struct Measured: Sendable {
        public var workload: String
        /// By round, in seconds.
        public var added: [Double]
        /// The mean time of a profiled run, which its errors are in proportion to.
        public var seconds: Double
        public var pythonCalls: Double
        public var cCalls: Double

        public init(workload: String, added: [Double], seconds: Double, pythonCalls: Double, cCalls: Double) {
            (self.workload, self.added, self.seconds) = (workload, added, seconds)
            (self.pythonCalls, self.cCalls) = (pythonCalls, cCalls)
        }
    }

    /// The costs are fitted to the programs' means, for programs differ from the law more than rounds from each other;
    /// the lack of fit holds the ones against the others.
    ///
    /// `nil` where the programs, without those of less than three rounds, do not determine the model.
    public init?(of design: String, measured: [Measured]) {
        let known = measured.compactMap(Known.init)
        let workloads = Set(known.map(\.workload)).sorted()
        func rows(_ added: (Known) -> [Double]) -> [OverheadRegression.Row] {
            known.flatMap { each in
                added(each).map {
                    .init(
                        added: $0, predictors: each.predictors, weight: each.weight,
                        group: workloads.firstIndex(of: each.workload) ?? 0)
                }
            }
        }
        guard let fit = OverheadRegression(rows { [$0.mean] }) else { return nil }
        self.design = design
        self.workloads = workloads
        costs = zip(Self.names, fit.weighted).enumerated().map { place, cost in
            Cost(
                name: cost.0, seconds: cost.1.value, low: cost.1.bounds.low, high: cost.1.bounds.high,
                robust: fit.robust?[place].value)
        }
        lackOfFitP = LackOfFit(rows(\.added))?.p
        leaveOneOutError = fit.leaveOneOutError
    }
}

/// What is known of one program.
private struct Known {
    var workload: String
    var added: [Double]
    var predictors: [Double]
    var mean: Double
    /// In proportion to 1/variance. Told from each program's own few rounds, it would itself be chance for the most part.
    var weight: Double

    init?(_ measured: OverheadModel.Measured) {
        guard measured.added.count >= Jackknife.fewestRounds, measured.seconds > 0,
            let mean = Jackknife.mean(measured.added)?.value
        else { return nil }
        workload = measured.workload
        added = measured.added
        predictors = [measured.pythonCalls, measured.cCalls]
        self.mean = mean
        weight = 1 / (measured.seconds * measured.seconds)
    }
}
