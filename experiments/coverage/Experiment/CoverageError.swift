/// Why something could not be measured: one line that says what, where, and what to do.
struct CoverageError: Error, CustomStringConvertible, Equatable {
    var description: String

    init(_ description: String) { self.description = description }
}
