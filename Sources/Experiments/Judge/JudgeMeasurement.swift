import Analysis
import Capture
import Measuring
import ProfileModel
import Running

/// Runs the programs of a battery under tools, in rounds with controls, and keeps every run.
public struct JudgeMeasurement: Sendable {
    private let battery: Battery
    private let interpreter: Interpreter
    private let peers: InstalledPeers
    private let python: String
    public private(set) var tools: [JudgedTool]
    private let build: String
    private let quick: Bool

    /// Looks for all tools; throws where the interpreter is none.
    public init(
        _ battery: Battery, tools: [JudgedTool], interpreter: Interpreter, build: String, quick: Bool
    ) async throws(RunningError) {
        (self.battery, self.interpreter, self.build, self.quick) = (battery, interpreter, build, quick)
        python = try await interpreter.facts().python
        peers = await InstalledPeers(tools.compactMap(\.arm.peer), interpreter: interpreter)
        self.tools = tools
        for index in tools.indices {
            try await self.tools[index].declare(by: interpreter)
            self.tools[index].look(in: peers, python: python, build: build)
        }
    }

    /// - Parameter progress: hears what is run next.
    public func run(into store: Store, progress: (String) -> Void) async throws {
        let session = try store.beginJudging(
            tools, python: python, build: build, quick: quick, audit: EnvironmentAudit.take(interpreter))
        var present = tools.filter { $0.refusal == nil }
        var hangs: [String: Int] = [:]
        var random = RandomSource(seed: .random(in: 0 ... .max))
        for (number, program) in battery.programs.enumerated() where !present.isEmpty {
            try await run(program, present, using: &random) { round, runs in
                progress("\(program.name) (\(number + 1) of \(battery.programs.count)), round \(round + 1)")
                try store.add(runs.map { RunRecord(session: session, program, round: round, tool: $0, $1) })
                for (tool, run) in runs where run.isOverTime { hangs[tool ?? "", default: 0] += 1 }
            }
            // One that hangs on two programs hangs on all: the rest would take hours.
            present.removeAll { hangs[$0.name, default: 0] > 1 }
        }
        try store.settle()
    }

    /// All rounds of a program. A tool that hangs, or fails twice, is not run on it again.
    private func run(
        _ program: BatteryProgram, _ tools: [JudgedTool], using random: inout RandomSource,
        ended: (Int, [(tool: String?, run: JudgedRun)]) throws -> Void
    ) async throws {
        let neighbours = try Self.neighbours(program, interpreter)
        defer { withExtendedLifetime(neighbours) {} }
        var failures: [String: Int] = [:]
        for round in 0..<program.rounds {
            let due = tools.filter { failures[$0.name, default: 0] < 2 }
            guard !due.isEmpty else { return }
            let runs = try await runs(program, due, round, using: &random)
            for (tool, run) in runs {
                if let tool, run.failure != nil { failures[tool, default: 0] += run.isOverTime ? 2 : 1 }
            }
            try ended(round, runs)
        }
    }

    /// The run of every tool, and one without.
    private func runs(
        _ program: BatteryProgram, _ tools: [JudgedTool], _ round: Int, using random: inout RandomSource
    ) async throws -> [(tool: String?, run: JudgedRun)] {
        let starting = JudgedProgram(program, interpreter: interpreter, peers: peers, limit: battery.limit)
        let arms = [Arm.control] + tools.map(\.arm)
        let done = try await Round.run(arms, using: &random) { arm, conditions in
            try await starting.run(arm, conditions, round: round)
        }
        return done.runs.map { run in (tools.first { $0.arm == run.arm }?.name, run.outcome) }
    }

    private static func neighbours(_ program: BatteryProgram, _ interpreter: Interpreter) throws -> Neighbours? {
        let load = program.surroundings.load
        return load > 0 ? try Neighbours(load, python: interpreter.path) : nil
    }
}
