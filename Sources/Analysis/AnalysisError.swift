/// Why a profile cannot be analysed as asked: one line that says what, and what to do.
public struct AnalysisError: Error, Equatable, Sendable, CustomStringConvertible {
    public var description: String

    public init(_ description: String) { self.description = description }
}
