/// What the probes of a tracing design cost, as it was calibrated on one machine with one interpreter.
///
/// The parameters' values stand beside their covariance, which is that of another program in another process:
/// it holds how costs differ between ways of calling and between processes, not only how well their means are known.
public struct ProbeCosts: Sendable, Equatable, Codable {
    /// What is calibrated: for every kind of call its cost inside the callee's interval and in the caller's, that of a
    /// line and of a sample, in nanoseconds an event; and by what factor the design slows Python code between events.
    /// A factor's variance and covariances are those of its natural logarithm, for it is always above 0.
    public enum Parameter: String, Sendable, Codable, CaseIterable {
        case pythonInside = "python-inside", pythonOutside = "python-outside"
        case cInside = "c-inside", cOutside = "c-outside"
        case line, sample
        case stretch
    }

    /// Those that the design has: a kind of event that it does not see costs nothing.
    public var parameters: [Parameter]
    /// In the order of the parameters, like the rows and columns of the covariance.
    public var values: [Double]
    public var covariance: [[Double]]
    /// Of Student's t for intervals.
    public var degreesOfFreedom: Double
    /// How many processes were traced for it.
    public var processes: Int
    /// When, as ISO 8601.
    public var date: String
    /// What compensation by these costs made of programs with a known answer; `nil` where none was run.
    public var checks: CompensationChecks?

    public init(
        parameters: [Parameter], values: [Double], covariance: [[Double]], degreesOfFreedom: Double, processes: Int,
        date: String = "", checks: CompensationChecks? = nil
    ) {
        self.parameters = parameters
        self.values = values
        self.covariance = covariance
        self.degreesOfFreedom = degreesOfFreedom
        self.processes = processes
        self.date = date
        self.checks = checks
    }

    /// A parameter's value; `nil` where the design does not have it.
    public subscript(parameter: Parameter) -> Double? { parameters.firstIndex(of: parameter).map { values[$0] } }

    /// Whether times without these costs are nearer to the truth than measured ones, as far as is known.
    public var improves: Bool { checks?.improved ?? true }

    /// Whether these can be costs at all: files come from outside.
    public var isSound: Bool {
        let count = parameters.count
        guard count > 0, Set(parameters).count == count, values.count == count, covariance.count == count,
            values.allSatisfy({ abs($0) < Self.largest }), degreesOfFreedom >= 1, degreesOfFreedom < Self.largest,
            (self[.stretch] ?? 1) > 0, checks?.isSound ?? true
        else { return false }
        return covariance.indices.allSatisfy { row in
            covariance[row].count == count && covariance[row][row] >= 0
                && covariance.indices.allSatisfy {
                    abs(covariance[row][$0]) < Self.largest && covariance[row][$0] == covariance[$0][row]
                }
        }
    }

    /// No event costs a second.
    private static let largest = 1e9
}
