import FoundationEssentials

/// What a bench leaves behind: the table, every raw measurement, and where it was measured.
struct ResultsFile: Codable, Sendable {
    var schema = "swprof.bench/1"
    var environment: [String: String]
    var rows: [Row] = []
    /// Every round of the figures that are measured in rounds, by the figure's name.
    var rounds: [String: [Round]] = [:]

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try encoder.encode(self).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw BenchError("cannot write \(path): is the folder writable?")
        }
    }
}
