/// Why a figure could not be measured: one line that says what, where, and what to do.
struct BenchError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
