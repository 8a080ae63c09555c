/// The designs, by the names that users type, and what each declares of itself: the one table of them, which all else reads.
///
/// It stands here because both sides read it: what works inside the profiled process, which also knows how each design is
/// made (`PythonRuntime/Designs/DesignMaking.swift`), and what reads its logs.
public enum Design: String, Sendable, CaseIterable {
    case setprofile, evalframe, monitoring, lines, signal, gil, remote

    /// Those that a program can be started under; `remote` looks at one that runs already.
    public static var allCases: [Design] { [.setprofile, .evalframe, .monitoring, .lines, .signal, .gil] }

    /// One line a design.
    public var facts: DesignFacts {
        switch self {
        case .setprofile: DesignFacts(.tracing)
        case .evalframe: DesignFacts(.tracing)
        case .monitoring: DesignFacts(.tracing, from: .python3_12)
        case .lines: DesignFacts(.tracing, tellsLines: true)
        case .signal: DesignFacts(.sampling)
        case .gil: DesignFacts(.sampling, instantsAreOwn: false)
        case .remote: DesignFacts(.sampling, hasCPUClock: false)
        }
    }
}
