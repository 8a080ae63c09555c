import Glibc
import ProfileModel
import Statistics

/// What a tracing design's probes cost, from runs of a program that does little but call.
///
/// A probe takes time before and after it reads the clock, so a call adds c_in to the callee's interval and c_out to
/// the caller's (A. D. Malony and S. S. Shende, "Overhead compensation in performance profiling", Euro-Par 2004, section 3).
/// Only their sum shows from outside; the split is a convention: the callee's own time is its body's, and the
/// machinery of the call is the caller's. So c_in is the measured time of a callee whose body has no length: the
/// intercept over lengths; and c_in + c_out is what is added to the time of such a call.
///
/// Some designs also slow Python code between events, by a factor κ: an interpreter may look for a profile function
/// at every instruction. Then traced time is κ·plain + c_in + c_out. κ is a mean on the logarithmic scale, and 1 where the
/// mean is within three standard errors of it, or under 1.05. A design that sees lines has none: what it adds to a line's instructions is a part of the line's cost,
/// and so C code that it does not see is not divided by anything.
///
/// Costs differ between shapes of calls and between processes. A program to be compensated is another process, with
/// calls of another shape, so the covariance is that of a prediction (`CrossedEffects`). κ is one number a round: what
/// kinds of code differ by shows in programs with known answers (`KnownAnswers`).
public enum ProbeCalibration {
    /// The fewest rounds that costs are told from.
    public static let fewestRounds = 3
    /// A stretch under this cannot be told from none.
    private static let leastStretch = 1.05

    /// `nil` under three rounds, and where the design has not seen the program's calls.
    ///
    /// - Parameter checks: of programs with known answers.
    public static func costs(_ rounds: [CalibrationRound], checks: [CalibrationRound] = [], date: String) -> ProbeCosts?
    {
        guard var costs = costs(rounds, date: date) else { return nil }
        costs.checks = KnownAnswers(checks, costs)?.checks
        return costs
    }

    private static func costs(_ rounds: [CalibrationRound], date: String) -> ProbeCosts? {
        let shapes = rounds.map { $0.shapes() }
        guard shapes.count >= fewestRounds,
            shapes.allSatisfy({ !$0.isEmpty && $0.map(\.shape) == shapes[0].map(\.shape) })
        else { return nil }
        let hasLines = shapes.allSatisfy { $0.allSatisfy { $0.lines != nil } }
        let isStretched = !hasLines && isStretched(shapes.map { $0.filter { $0.kind == .python }.map(\.stretch) })
        let kinds = [CalibrationLoop.Kind.python, .c].filter { kind in shapes[0].contains { $0.kind == kind } }
        let effects = CrossedEffects(kinds.map { kind in shapes.map { rows(of: kind, $0, isStretched) } })
        return ProbeCosts(
            kinds.flatMap { parameters(of: $0, isStretched, hasLines) }, effects, processes: rounds.count, date: date)
    }

    /// Of one round: by shape, the numbers that the parameters stand for.
    private static func rows(of kind: CalibrationLoop.Kind, _ shapes: [ShapeTimes], _ isStretched: Bool) -> [[Double]] {
        let stretches = shapes.filter { $0.kind == .python }.map(\.stretch)
        let logarithm = stretches.reduce(0) { $0 + log($1) } / Double(stretches.count)
        return shapes.filter { $0.kind == kind }.map { shape in
            shape.costs(stretch: isStretched ? exp(logarithm) : 1) + (isStretched && kind == .python ? [logarithm] : [])
        }
    }

    private static func parameters(of kind: CalibrationLoop.Kind, _ isStretched: Bool, _ hasLines: Bool) -> [ProbeCosts
        .Parameter]
    {
        switch kind {
        case .none, .line, .check: []
        case .python: [.pythonInside, .pythonOutside] + (hasLines ? [.line] : []) + (isStretched ? [.stretch] : [])
        case .c: [.cInside, .cOutside]
        }
    }

    /// Whether these shapes' mean is beyond its error, and beyond what is taken for none.
    ///
    /// - Parameter stretches: by round and shape.
    private static func isStretched(_ stretches: [[Double]]) -> Bool {
        guard stretches.allSatisfy({ $0.allSatisfy { $0 > 0 } }) else { return false }
        let byRound = stretches.map { [$0.reduce(0) { $0 + log($1) } / Double($0.count)] }
        let mean = Covariance.mean(byRound)[0]
        let error = (Covariance.sample(byRound)[0][0] / Double(byRound.count)).squareRoot()
        return mean > log(leastStretch) && mean > 3 * error
    }
}

extension ProbeCosts {
    /// Student's t is normal by then, and JSON has no infinity.
    private static let largestFreedom = 1e6

    /// `nil` where these can be no costs.
    init?(_ parameters: [Parameter], _ effects: CrossedEffects, processes: Int, date: String) {
        self.init(
            parameters: parameters, values: effects.mean, covariance: effects.covariance,
            degreesOfFreedom: min(effects.degreesOfFreedom, Self.largestFreedom), processes: processes, date: date)
        if let place = parameters.firstIndex(of: .stretch) { values[place] = exp(values[place]) }
        guard isSound else { return nil }
    }
}
