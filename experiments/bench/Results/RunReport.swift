import FoundationEssentials

/// What the bench reads of the JSON of `swprof run` and `swprof report` (schema swprof.run/1).
struct RunReport: Decodable, Sendable {
    var ledger: Ledger?
    var lines: [Line]

    struct Ledger: Decodable, Sendable {
        var due, taken, missed, failed: Int
    }

    struct Line: Decodable, Sendable {
        var file: String?
        var line: Int
        var `self`: Share
    }

    /// A share with its interval; absent where none is valid.
    struct Share: Decodable, Sendable {
        var share, low, high, seconds: Double?
    }

    /// The self share of a line, or `nil` where no sample saw it.
    func line(_ line: Int, of file: String) -> Share? {
        lines.first { $0.line == line && ($0.file?.hasSuffix(file) ?? false) }?.`self`
    }
}

/// Reads JSON that a program wrote.
///
/// - Parameter source: what wrote it, for the error.
func decoded<Value: Decodable>(_ type: Value.Type, from text: String, by source: String) throws -> Value {
    do {
        return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
        throw BenchError("\(source) wrote no JSON of the expected form: \(text.prefix(80))")
    }
}
