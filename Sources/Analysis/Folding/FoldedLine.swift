import ProfileModel

/// An own line with all that it calls which is not own.
public struct FoldedLine: Encodable, Sendable, Equatable {
    public var file: String
    public var line: Int
    /// The qualified name of the function that it is in.
    public var function: String
    public var time: Estimate

    public init(file: String, line: Int, function: String, time: Estimate) {
        (self.file, self.line, self.function, self.time) = (file, line, function, time)
    }

    /// - Parameter ofStack: by stack of the profile, the line that its time is of.
    static func lines(_ ofStack: [SourceLine?], _ profile: Profile, _ estimator: any ShareEstimator) -> [FoldedLine] {
        let places = Places(ofStacks: ofStack)
        let functions = profile.functionOfLine
        return zip(places.keys, estimator.estimates(places.own)).filter { $0.line > 0 && $1.share ?? 0 > 0 }.map {
            line, time in
            FoldedLine(file: line.file, line: line.line, function: functions[line]?.qualname ?? "", time: time)
        }.sorted { (-($0.time.share ?? 0), $0.file, $0.line) < (-($1.time.share ?? 0), $1.file, $1.line) }
    }
}
