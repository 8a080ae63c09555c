import ProfileModel

/// What is known, at one look, of a run that goes on.
public struct LiveFindings: Sendable {
    /// A place with its share of the run so far.
    public struct Row: Sendable, Equatable {
        public var name: String
        /// `nil` of a C function.
        public var file: String?
        /// 0 where there is none.
        public var line: Int
        public var share: Estimate
        /// Whether, beyond chance, no place has a greater share but those above it.
        public var isCertain = false

        public init(name: String, file: String?, line: Int, share: Estimate, isCertain: Bool = false) {
            (self.name, self.file, self.line, self.share, self.isCertain) = (name, file, line, share, isCertain)
        }
    }

    /// Why shares have intervals or none.
    public enum Certainty: Sendable, Equatable {
        /// At all looks and of all places at once, in 95 % of runs.
        case sequence
        case periodic, instantsNotOurs, unknownSchedule
        /// A tracer's shares are exact for what it has counted.
        case counted
    }

    public var view: LiveView
    public var rows: [Row] = []
    /// Places that are not among the rows.
    public var more = 0
    public var certainty: Certainty
    public var design: String
    public var clock: Clock
    public var seconds = 0.0
    /// `nil` of tracers.
    public var ticks: Int?
    public var lostPart = 0.0

    public init(_ view: LiveView, _ certainty: Certainty, design: String, clock: Clock) {
        (self.view, self.certainty, self.design, self.clock) = (view, certainty, design, clock)
    }

    /// Half of the widest interval; `nil` where a row has none, or there is no row.
    public var reach: Double? {
        let reaches = rows.map { row in
            row.share.low.flatMap { low in row.share.high.map { ($0 - low) / 2 } } ?? .infinity
        }
        return reaches.max().flatMap { $0.isFinite ? $0 : nil }
    }
}
