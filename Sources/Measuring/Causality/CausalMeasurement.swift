import Analysis
import ProfileModel
import Running

/// Which functions of a program a causal check slows, and the rounds in which it does.
struct CausalMeasurement {
    let runner: ProgramRunner
    let designs: [Design]
    let settings: ProfilingSettings
    /// The names of the functions that the user wants slowed; none for the hottest.
    let names: [String]
    let progress: Progress
    private var targets: [CausalTarget] = []
    private var caveats: [Caveat] = []
    private var causalRounds: [CausalRound] = []

    init(_ runner: ProgramRunner, designs: [Design], settings: ProfilingSettings, names: [String], progress: Progress) {
        self.runner = runner
        self.designs = designs
        self.settings = settings
        self.names = names
        self.progress = progress
    }

    /// Chooses the functions by a first look, by counting their calls and by the time that the program takes.
    private mutating func choose() async throws(RunningError) {
        progress.show("first look")
        let wanted = try await functionsWanted()
        guard !wanted.isEmpty else { return caveats.append(Self.nothingToSlow) }
        progress.show("counting calls")
        let count = try await runner.countCalls(of: wanted)
        try SignalForwarding.checkInterrupted()
        progress.show("first control")
        let seconds = try await runner.programSeconds()
        try SignalForwarding.checkInterrupted()
        for (function, counted) in zip(wanted, count.functions)
        where targets.count < max(names.count, CausalPlan.mostFunctions) {
            switch counted {
            case .calls(let calls):
                targets.append(
                    CausalTarget(
                        function, calls: calls,
                        work: CausalPlan.work(calls: calls, seconds: seconds.wall, perElement: count.perElement)))
            case .notSlowed(let reason): try leaveOut(function, reason)
            }
        }
    }

    /// A sampler's look changes the program least; what is named, or the whole program, may be too small for it.
    private func functionsWanted() async throws(RunningError) -> [Function] {
        guard names.isEmpty else { return try named(in: try await look(.setprofile)) }
        for design in [designs.contains(.signal) ? .signal : designs[0], .setprofile] {
            let seen = CausalPlan.candidates(in: try await look(design))
            if !seen.isEmpty { return Array(seen.prefix(3 * CausalPlan.mostFunctions)) }
        }
        return []
    }

    private func look(_ design: Design) async throws(RunningError) -> Profile {
        var look = settings
        look.design = design
        let outcome = try await runner.profile(look, output: .hashed)
        try SignalForwarding.checkInterrupted()
        guard let profile = outcome.profile else {
            throw .failed(
                "\(design.rawValue) captured nothing: the program \(outcome.process.ending) before its first line ran"
            )
        }
        return profile
    }

    private func named(in profile: Profile) throws(RunningError) -> [Function] {
        let functions: [Function]
        do throws(AnalysisError) {
            functions = try names.map { name throws(AnalysisError) in try CausalPlan.function(named: name, in: profile)
            }
        } catch {
            throw .usage(error.description)
        }
        guard Set(functions).count == functions.count else {
            throw .usage("--slow wants each function once; two names are of the same")
        }
        return functions
    }

    private mutating func leaveOut(_ function: Function, _ reason: String) throws(RunningError) {
        guard names.isEmpty else {
            throw .usage("cannot slow '\(function.qualname)': \(reason); name another with --slow")
        }
        caveats.append(Caveat(code: "cannot-be-slowed", text: "`\(function.qualname)` was not slowed: \(reason)."))
    }

    private static let nothingToSlow = Caveat(
        code: "nothing-to-slow",
        text: "No Python function of the program was seen that a statement could be put into: nothing was slowed.")

    /// Runs all rounds; of the runs with a slowed function the numbers are kept, of the others all.
    mutating func run(rounds count: Int) async throws(RunningError) -> [Round<RunOutcome>] {
        defer { progress.clear() }
        try await choose()
        var rounds = try SlowedRounds(runner, designs: designs, settings: settings, targets: targets)
        var compared: [Round<RunOutcome>] = []
        for number in 1...count {
            let round = try await rounds.next { [progress] in progress.show(round: number, arm: $0) }
            causalRounds.append(numbers(of: round))
            compared.append(round.compared)
        }
        return compared
    }

    private func numbers(of round: Round<SlowedRun>) -> CausalRound {
        let plain = (round.seconds(nil), round.profiles(nil))
        return CausalRound(
            runs: targets.enumerated().map { index, target in
                let levels = target.work.indices.map { SlowedPlace(target: index, level: $0) }
                return [CausalRun(plain.0, plain.1, target)]
                    + levels.map { CausalRun(round.seconds($0), round.profiles($0), target) }
            })
    }

    /// Adds what was found to the findings of the comparison.
    func complete(_ findings: inout CompareFindings) {
        let check = CausalCheck.findings(
            targets, rounds: causalRounds, designs: designs.map(\.rawValue), clock: settings.clock)
        findings.causal = check.findings
        findings.caveats += caveats + (targets.isEmpty ? [] : check.caveats)
    }
}

extension CausalRun {
    /// - Parameter seconds: of one control, or of two that were alike.
    fileprivate init(_ seconds: [ProgramSeconds], _ profiles: [String: Profile], _ target: CausalTarget) {
        let count = Double(max(1, seconds.count))
        self.init(
            wall: seconds.reduce(0) { $0 + $1.wall } / count, cpu: seconds.reduce(0) { $0 + $1.cpu } / count,
            parts: profiles.mapValues { CausalCheck.part(of: target.function, in: $0) },
            threads: profiles.values.map(\.threads.count).max() ?? 1)
    }
}
