import Foundation
import Measuring
import ProfileModel
import Running
import Synchronization

@testable import Experiments

/// Answers as it is told, and remembers what it was asked for.
final class ScriptedStarter: BlockStarter {
    private let asked = Mutex<[(name: String, reading: ProfileReading)]>([])
    private let answer: @Sendable (Arm, Block) -> ProcessOutcome

    init(
        _ answer: @escaping @Sendable (Arm, Block) -> ProcessOutcome = { _, _ in ProcessOutcome(status: 0, seconds: 0.5)
        }
    ) { self.answer = answer }

    func start(
        _ arm: Arm, of block: Block, _ conditions: Conditions, reading: ProfileReading
    ) async throws(RunningError) -> ProfiledOutcome {
        asked.withLock { $0.append(("\(block.workload.name) \(arm.name)", reading)) }
        guard reading != .nothing, let kind = arm.kind else { return ProfiledOutcome(process: answer(arm, block)) }
        return ProfiledOutcome(process: answer(arm, block), profile: Profile(design: arm.name, kind: kind))
    }

    var started: [String] { asked.withLock { $0.map(\.name) } }

    func readings(_ name: String) -> [ProfileReading] {
        asked.withLock { $0.filter { $0.name == name }.map(\.reading) }
    }

    func count(_ name: String) -> Int { started.count { $0 == name } }
}

/// A store in a folder of its own, and a plan that needs no interpreter.
struct Bench {
    let folder = FileManager.default.temporaryDirectory.appending(path: "swprof-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    var path: String { folder.appending(path: "results.sqlite").path(percentEncoded: false) }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Programs by name, with the hash of their content.
    static func plan(
        _ programs: [String: String], designs: [Design] = [.signal, .evalframe], peers: [PeerName] = [], runs: Int = 3,
        version: String = "3.11.2 (a build)"
    ) throws -> Plan {
        var spec = Spec(title: "t", runs: runs, workloads: programs.keys.sorted())
        (spec.designs, spec.peers) = (designs, peers)
        let interpreter = PlannedInterpreter(
            command: "python3", interpreter: try Interpreter("/bin/sh"),
            facts: InterpreterFacts(version: version, base: "/bin/sh"))
        let blocks = programs.sorted { $0.key < $1.key }.map { name, hash in
            Block(WorkloadProgram(name: name, script: "/nonexistent/\(name).py", hash: hash), ["10"], interpreter, spec)
        }
        return Plan(spec: spec, specText: "title = \"t\"", blocks: blocks)
    }

    func run(_ plan: Plan, _ starter: ScriptedStarter, retry: Bool = false) async throws -> ExperimentRun.Summary {
        let store = try Store(writing: path, .experiment)
        var run = try ExperimentRun(plan, store: store, quick: false, retry: retry, build: "test", starter: starter)
        return try await run.run { _ in }
    }

    func counts() throws -> [String: CellCount] { try Store(reading: path, .experiment).counts() }
}
