import Foundation
import GRDB
import Statistics

/// Whether profiles of short blocks hold all of what a block does first and last.
struct Blocks: Piece {
    var name: String { "blocks" }

    private static let conditions = [RunCondition.usual, RunCondition(load: 4)]
    /// Blocks that one process profiles, one after the other.
    private static let batch = 20
    /// In ticks.
    private static let allowed = 0.05

    func measure(in experiment: Experiment) async throws {
        try experiment.store.checkUnchanged(.blocks(0, seed: 0))
        for condition in Self.conditions {
            guard try stored(condition, experiment.store) < experiment.extent.blocks else { continue }
            let neighbours = try experiment.starter.neighbours(condition.load)
            defer { withExtendedLifetime(neighbours) {} }
            while case let done = try stored(condition, experiment.store), done < experiment.extent.blocks {
                experiment.progress("\(name), \(condition.name)", done, experiment.extent.blocks)
                try await profile(min(Self.batch, experiment.extent.blocks - done), after: done, condition, in: experiment)
            }
        }
    }

    private func stored(_ condition: RunCondition, _ store: Store) throws -> Int {
        try store.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM block WHERE condition = ?", arguments: [condition.name]) ?? 0
        }
    }

    private func profile(_ count: Int, after done: Int, _ condition: RunCondition, in experiment: Experiment) async throws {
        let seed = experiment.seed.of(name, condition.name, String(done))
        let workload = Workload.blocks(count, seed: seed)
        var environment = Conditions.environment(seed: seed)
        environment["PYTHONPATH"] = URL(filePath: "Sources/PythonPackage").path()
        let run = try await experiment.starter.control(workload, environment: environment)
        let lines = run.output.split(whereSeparator: \.isNewline).map(String.init)
        guard lines.count == count else {
            throw CoverageError("\(workload.path) wrote \(lines.count) lines for \(Words.count(count, "block"))")
        }
        let blocks = try lines.map { try LastLine.decoded(Block.self, $0, of: workload) }
        try experiment.store.write { db in
            for block in blocks { try block.insert(under: condition, session: experiment.session, in: db) }
        }
    }

    func rows(from store: Store) throws -> [Row] {
        try Self.conditions.flatMap { condition -> [Row] in
            let blocks = try store.read {
                try Block.fetchAll($0, sql: "SELECT * FROM block WHERE condition = ? ORDER BY id", arguments: [condition.name])
            }
            guard !blocks.isEmpty else { return [] }
            return [
                Self.row("first", condition, blocks.map { ($0.firstSeconds - $0.firstTruth) * $0.rate }),
                Self.row("last", condition, blocks.map { ($0.lastSeconds - $0.lastTruth) * $0.rate }),
            ]
        }
    }

    /// An equivalence test: met where the interval lies within what is allowed, missed where it lies outside.
    private static func row(_ which: String, _ condition: RunCondition, _ errors: [Double]) -> Row {
        let mean = ClusteredMean.of(errors)
        let bounds = mean?.bounds
        let isInside = bounds.map { -allowed <= $0.low && $0.high <= allowed } ?? false
        let isOutside = bounds.map { $0.low > allowed || $0.high < -allowed } ?? false
        return Row(
            figure: "short blocks, \(condition.name), \(which) function", asked: "bias within ±\(Words.decimals(allowed, 2)) ticks",
            measured: mean.map { "\(Words.decimals($0.value, 3)) \(Words.interval($0.bounds, 3)) ticks" } ?? "none",
            from: Words.count(errors.count, "block"), verdict: isInside ? .met : isOutside ? .missed : .undecided)
    }
}

/// One block: what is true of its first and last function, and what its profile gives them, in seconds.
private struct Block: Decodable, FetchableRecord {
    var seconds, rate, firstTruth, firstSeconds, lastTruth, lastSeconds: Double

    func insert(under condition: RunCondition, session: Int64, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO block (session, condition, rate, seconds, firstTruth, firstSeconds, lastTruth, lastSeconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [session, condition.name, rate, seconds, firstTruth, firstSeconds, lastTruth, lastSeconds])
    }
}
