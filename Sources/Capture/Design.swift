/// The designs, by the names that users type, and what each declares of itself: the one table of them, which all else reads.
///
/// It stands here because both sides read it: what works inside the profiled process, which also knows how each design is
/// made (`PythonRuntime/Designs/DesignMaking.swift`), and what reads its logs.
public enum Design: Sendable, Hashable {
    case setprofile, evalframe, monitoring, lines, signal, gil, remote
    /// One that is not of this table: its user has written it.
    case written(WrittenDesign)

    /// One line a design.
    public var facts: DesignFacts {
        switch self {
        case .setprofile: DesignFacts("setprofile", .tracing)
        case .evalframe: DesignFacts("evalframe", .tracing)
        case .monitoring: DesignFacts("monitoring", .tracing, from: .python3_12)
        case .lines: DesignFacts("lines", .tracing, tellsLines: true)
        case .signal: DesignFacts("signal", .sampling, kindsTold: .all)
        case .gil: DesignFacts("gil", .sampling, instantsAreOwn: false)
        case .remote: DesignFacts("remote", .sampling, hasCPUClock: false, kindsTold: .callsAndWaits)
        case .written(let design): DesignFacts(design.name, design.kind, instantsAreOwn: design.instantsAreOwn)
        }
    }
}

extension Design: CaseIterable {
    /// Those of swprof's own that a program can be started under; `remote` looks at one that runs already.
    public static var allCases: [Design] { [.setprofile, .evalframe, .monitoring, .lines, .signal, .gil] }
}

extension Design: RawRepresentable {
    public var rawValue: String { facts.name }

    /// What a design that is written in Python declares is not known by its name.
    public init?(rawValue: String) {
        if let own = (Self.allCases + [.remote]).first(where: { $0.rawValue == rawValue }) {
            self = own
        } else if let written = WrittenDesign(rawValue) {
            self = .written(written)
        } else {
            return nil
        }
    }

    public static func == (one: Design, other: Design) -> Bool { one.rawValue == other.rawValue }

    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

    /// `nil` of one of swprof's own.
    public var written: WrittenDesign? {
        if case .written(let design) = self { design } else { nil }
    }
}
