import Foundation
import GRDB

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
            throw CoverageError("the results file holds other counts or another seed; begin anew with --anew, or name another with --results")
        }
        try write { db in
            for (name, value) in [("extent", json), ("seed", String(seed.base))] {
                try db.execute(sql: "INSERT OR IGNORE INTO spec VALUES (?, ?)", arguments: [name, value])
            }
        }
    }

    private func spec(_ name: String) throws -> String? {
        try read { try String.fetchOne($0, sql: "SELECT value FROM spec WHERE name = ?", arguments: [name]) }
    }

    private static func text(_ extent: Extent) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(extent), as: UTF8.self)
    }
}
