import ProfileModel

/// What a duet measured: the file that the Python side writes (`swprof.passes/1`).
public struct DuetPasses: Decodable, Sendable, Equatable {
    public static let schema = "swprof.passes/1"

    public var design: String
    /// Of what kind it is, where that is told.
    public var kind: Kind?
    /// Ticks a second.
    public var rate: Double
    public var python: String
    /// How often the function was called in a pass.
    public var calls: Int
    /// How many pairs were wanted.
    public var wantedPairs: Int
    /// What a tracer says of calls that it lost in a pass.
    public var callsLost: String?
    /// In the order in which they were made.
    public var passes: [MeasuredPass]

    public init(design: String, rate: Double, python: String, calls: Int, wantedPairs: Int, passes: [MeasuredPass]) {
        (self.design, self.rate, self.python) = (design, rate, python)
        (self.calls, self.wantedPairs, self.passes) = (calls, wantedPairs, passes)
    }

    private enum CodingKeys: String, CodingKey {
        case schema, design, kind, rate, python, calls, wantedPairs, callsLost, columns, passes
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        guard try values.decode(String.self, forKey: .schema) == Self.schema,
            try values.decode([String].self, forKey: .columns) == MeasuredPass.columns
        else { throw AnalysisError("it is of another version of swprof") }
        let rows = try values.decode([[Int64]].self, forKey: .passes)
        let passes = rows.compactMap { MeasuredPass($0) }
        guard passes.count == rows.count else { throw AnalysisError("a row of it is no pass") }
        self.init(
            design: try values.decode(String.self, forKey: .design),
            rate: try values.decode(Double.self, forKey: .rate),
            python: try values.decode(String.self, forKey: .python), calls: try values.decode(Int.self, forKey: .calls),
            wantedPairs: try values.decode(Int.self, forKey: .wantedPairs), passes: passes)
        kind = try values.decodeIfPresent(String.self, forKey: .kind).flatMap(Kind.init)
        callsLost = try values.decodeIfPresent(String.self, forKey: .callsLost)
    }

    /// The pairs of an arm, in order; one that lacks a pass is left out.
    func pairs(of arm: MeasuredPass.Arm) -> PassPairs {
        var pairs = PassPairs()
        var waiting: MeasuredPass?
        for pass in passes where pass.arm == arm && !pass.isWashout {
            guard let first = waiting, first.pair == pass.pair, first.isNumerator != pass.isNumerator else {
                waiting = pass
                continue
            }
            pairs.add(first, pass)
            waiting = nil
        }
        return pairs
    }
}
