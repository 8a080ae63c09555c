/// Why a program could not be run: one clear line that says what, where and what to do.
public enum RunningError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was asked for cannot be.
    case usage(String)
    /// swprof itself failed, or cannot work here.
    case failed(String)

    public var line: String {
        switch self {
        case .usage(let line), .failed(let line): line
        }
    }

    public var description: String { line }
}
