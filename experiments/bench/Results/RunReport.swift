import FoundationEssentials
import Running

/// What the bench reads of the JSON of `swprof run` and `swprof report` (schema swprof.run/1).
struct RunReport: Decodable, Sendable {
    var ledger: Ledger?
    var lines: [Line]
    var functions: [Function]?
    var caveats: [Caveat]?

    struct Ledger: Decodable, Sendable {
        var due, taken, missed, failed: Int
    }

    struct Line: Decodable, Sendable {
        var file: String?
        var line: Int
        var `self`: Share
    }

    struct Function: Decodable, Sendable {
        var name: String
        var `self`, total: Share
    }

    struct Caveat: Decodable, Sendable {
        var code: String
    }

    /// A share with its interval; absent where none is valid.
    struct Share: Decodable, Sendable {
        var share, low, high, seconds: Double?
        var compensated: Compensated?
    }

    /// A tracer's, without what its probes cost.
    struct Compensated: Decodable, Sendable {
        var seconds, low, high, share, shareLow, shareHigh: Double?
    }

    /// By its bare name, or `nil` where it did not run.
    func function(_ name: String) -> Function? { functions?.first { $0.name == name } }

    func has(_ caveat: String) -> Bool { caveats?.contains { $0.code == caveat } ?? false }

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
        throw RunningError.failed("\(source) wrote no JSON of the expected form: \(text.prefix(80))")
    }
}
