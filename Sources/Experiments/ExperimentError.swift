/// Why an experiment cannot be run or reported: one clear line that says what, where and what to do.
public enum ExperimentError: Error, Sendable, Equatable {
    /// The spec, or what was asked for, cannot be.
    case usage(String)
    /// The experiment itself failed.
    case failed(String)

    public var line: String {
        switch self {
        case .usage(let line), .failed(let line): line
        }
    }
}
