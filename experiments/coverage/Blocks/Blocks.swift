import Foundation
import Measuring
import Running
import Statistics

/// Whether profiles of short blocks hold all of what a block does first and last.
struct Blocks: Piece {
    var name: String { "blocks" }

    private static let arms = [Arm.run(), .run(in: Surroundings(load: 4))]
    /// Blocks that one process profiles, one after the other.
    private static let batch = 20
    /// In ticks.
    private static let allowed = 0.05

    func measure(in experiment: Experiment) async throws {
        try experiment.store.checkUnchanged(.blocks(0, seed: 0))
        for arm in Self.arms {
            guard try stored(arm, experiment.store) < experiment.extent.blocks else { continue }
            let neighbours = try experiment.starter.neighbours(arm.surroundings.load)
            defer { withExtendedLifetime(neighbours) {} }
            while case let done = try stored(arm, experiment.store), done < experiment.extent.blocks {
                experiment.progress("\(name), \(arm.condition)", done, experiment.extent.blocks)
                try await profile(min(Self.batch, experiment.extent.blocks - done), after: done, arm, in: experiment)
            }
        }
    }

    private func stored(_ arm: Arm, _ store: Store) throws -> Int { try store.blocks(under: arm).count }

    private func profile(_ count: Int, after done: Int, _ arm: Arm, in experiment: Experiment) async throws {
        let seed = experiment.seed.of(name, arm.condition, String(done))
        let workload = Workload.blocks(count, seed: seed)
        let run = try await experiment.starter.control(
            workload, Conditions(seed: seed), environment: ["PYTHONPATH": URL(filePath: "Sources/PythonPackage").path()]
        )
        let lines = run.output.split(whereSeparator: \.isNewline).map(String.init)
        guard lines.count == count else {
            throw RunningError.failed("\(workload.path) wrote \(lines.count) lines for \(Words.count(count, "block"))")
        }
        let blocks = try lines.map { try LastLine.decoded(MeasuredSeconds.self, $0, of: workload.path) }
        for block in blocks { try experiment.store.insert(BlockRecord(block, under: arm, session: experiment.session)) }
    }

    func rows(from store: Store) throws -> [Row] {
        try Self.arms.flatMap { arm -> [Row] in
            let blocks = try store.blocks(under: arm)
            guard !blocks.isEmpty else { return [] }
            return [
                Self.row("first", arm, blocks.map { ($0.firstSeconds - $0.firstTruth) * $0.rate }),
                Self.row("last", arm, blocks.map { ($0.lastSeconds - $0.lastTruth) * $0.rate }),
            ]
        }
    }

    private static func row(_ which: String, _ arm: Arm, _ errors: [Double]) -> Row {
        let mean = ClusteredMean.of(errors)
        return Row(
            figure: "short blocks, \(arm.condition), \(which) function",
            asked: "bias within ±\(Words.decimals(allowed, 2)) ticks",
            measured: mean.map { "\(Words.decimals($0.value, 3)) \(Words.interval($0.bounds, 3)) ticks" } ?? "none",
            from: Words.count(errors.count, "block"),
            verdict: Rule.within(-allowed...allowed).verdict(on: mean, precision: .tenth))
    }
}

/// What a block says of its first and its last function, and what its profile gives them, in seconds.
struct MeasuredSeconds: Codable {
    var seconds, rate, firstTruth, firstSeconds, lastTruth, lastSeconds: Double
}
