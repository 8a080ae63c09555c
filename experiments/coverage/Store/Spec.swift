import Foundation
import GRDB
import Measuring
import Running

/// What was asked for: a row of `spec`.
private struct SpecRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "spec"
    static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .ignore)
    var name: String
    var value: String
}

extension Store {
    /// What the results are read by; `nil` before anything is measured.
    func extent() throws -> Extent? {
        guard let json = try spec("extent") else { return nil }
        return try JSONDecoder().decode(Extent.self, from: Data(json.utf8))
    }

    /// Where all random numbers of the experiment start.
    func seed() throws -> Seed { Seed(base: try spec("seed").flatMap(UInt64.init) ?? 0) }

    /// Stores what is asked for, or throws where the file holds the answers to something else.
    func settle(_ extent: Extent, _ seed: Seed) throws {
        let json = try Self.text(extent)
        guard try spec("extent") ?? json == json, try spec("seed") ?? String(seed.base) == String(seed.base) else {
            throw RunningError.failed(
                "the results file holds other counts or another seed; begin anew with --anew, or name another with --results"
            )
        }
        try insert(SpecRecord(name: "extent", value: json))
        try insert(SpecRecord(name: "seed", value: String(seed.base)))
    }

    private func spec(_ name: String) throws -> String? { try records(SpecRecord.self, ["name": name]).first?.value }

    private static func text(_ extent: Extent) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(extent), as: UTF8.self)
    }
}
