import Statistics

/// What a design adds to programs, told from several workloads by their counts of calls.
///
/// T − T₀ = β₀ + β_py·calls_py + β_c·calls_c, in seconds, from one comparison a workload or several; the counts are
/// those of the tracing design in the same comparison.
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

    /// - Parameter comparisons: of workloads by name; those without a slowdown of the design, a control or a
    ///   tracing design are left out.
    /// `nil` where what is left does not determine the model.
    public init?(of design: String, comparisons: [(workload: String, findings: CompareFindings)]) {
        let measured = comparisons.compactMap { each in Added(each.findings, design).map { (each.workload, $0) } }
        let workloads = Set(measured.map(\.0)).sorted()
        let rows = measured.map { workload, added in
            OverheadRegression.Row(
                added: added.seconds, predictors: [added.pythonCalls, added.cCalls], weight: added.weight,
                group: workloads.firstIndex(of: workload) ?? 0)
        }
        guard let fit = OverheadRegression(rows) else { return nil }
        self.design = design
        self.workloads = workloads
        costs = zip(Self.names, fit.weighted).enumerated().map { place, cost in
            Cost(
                name: cost.0, seconds: cost.1.value, low: cost.1.bounds.low, high: cost.1.bounds.high,
                robust: fit.robust?[place].value)
        }
        lackOfFitP = fit.lackOfFit?.p
        leaveOneOutError = fit.leaveOneOutError
    }
}

/// What one comparison says of a design's cost.
private struct Added {
    var seconds: Double
    /// 1/variance, from the slowdown's interval.
    var weight: Double
    var pythonCalls = 0.0
    var cCalls = 0.0

    init?(_ findings: CompareFindings, _ design: String) {
        guard let control = findings.control?.seconds.mean, let tracer = findings.designs.first(where: { $0.kind == .tracing }),
            let slowdown = findings.designs.first(where: { $0.name == design })?.slowdown,
            let low = slowdown.low, let high = slowdown.high, high > low
        else { return nil }
        seconds = control * (slowdown.ratio - 1)
        let width = control * (high - low)
        weight = 1 / (width * width)
        for function in tracer.functions {
            let calls = Double(function.calls ?? 0)
            if function.file == nil { cCalls += calls } else { pythonCalls += calls }
        }
        guard seconds.isFinite, weight.isFinite else { return nil }
    }
}
