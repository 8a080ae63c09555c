/// Why a program could not be run: one clear line that says what, where and what to do.
public enum RunningError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was asked for cannot be.
    case usage(String)
    /// swprof itself failed, or cannot work here.
    case failed(String)
    /// Somebody asked swprof to end, by this signal.
    case interrupted(Int32)

    public var line: String {
        switch self {
        case .usage(let line), .failed(let line): line
        case .interrupted(let signal): "interrupted by signal \(signal); start it again"
        }
    }

    public var description: String { line }
}
