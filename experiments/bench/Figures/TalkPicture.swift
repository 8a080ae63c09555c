import Measuring
import Running

/// The talk's picture of the sieve, judged: how much of `eratosthenes` is line 10, and who says so.
///
/// Judged twice. *This run*: `signal` profiles the sieve whose loop is stamped once, and its interval is
/// held against the truth of that very run; this is what a this-run interval claims. *sieve.py*: the
/// unchanged file, against the range of the truths of the unprofiled stamped runs of the same rounds,
/// which also holds what differs between runs, so it is wider. `gil` has no interval: its share of line 8
/// is held against the most that line 8 had in any of those runs.
/// What the truths are and how they are found: `talk_picture.py` and `TalkTruth`.
struct TalkPicture: Figure {
    var name: String { "talk picture" }

    private static let n = "5000000"
    private static let sieve = Script(path: "experiments/workloads/sieve.py", arguments: [n])
    /// A process that times the empty updates runs in every fourth round.
    private static let roundsPerEmpties = 4
    /// What gil's share of line 8 has to exceed the truth by.
    private static let excess = 0.10

    private typealias Share = RunReport.Share

    /// What the rounds found, a figure for each.
    private struct Findings {
        var parts = SecondPhaseParts(updates: [], loop: [])
        var control: [SievePhases] = []
        var stamped: [(phases: SievePhases, line10: Share?)] = []
        var signal: [Share?] = []
        var gil: [Share?] = []
    }

    private enum Step: CaseIterable {
        case empties, control, stamped, signal, gil
    }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        var findings = Findings()
        let trials = bench.trials(20)
        for trial in 0..<trials {
            for step in Step.allCases.shuffled() where step != .empties || trial % Self.roundsPerEmpties == 0 {
                try await take(step, into: &findings, in: bench)
            }
            bench.progress(name, trial + 1)
        }
        for row in try rows(findings, trials: trials) { bench.report(row) }
    }

    private func take<S: Starter>(_ step: Step, into findings: inout Findings, in bench: Bench<S>) async throws {
        let programs = bench.programs
        let stamped = programs.helper("talk_picture", "stamped", Self.n)
        switch step {
        case .empties:
            let empties = programs.helper("talk_picture", "empties", Self.n)
            findings.parts.add(try await said(by: programs.controlCommand(empties), in: bench))
        case .control:
            findings.control.append(try await said(by: programs.controlCommand(stamped), in: bench))
        case .stamped:
            let command = programs.runCommand(design: "signal", rate: 1000, script: stamped)
            let phases: SievePhases = try await said(by: command, in: bench)
            findings.stamped.append((phases, try await line(10, by: "signal", in: bench)))
        case .signal:
            try await bench.starter.succeed(
                programs.runCommand(design: "signal", rate: 1000, script: Self.sieve))
            findings.signal.append(try await line(10, by: "signal", in: bench))
        case .gil:
            try await bench.starter.succeed(programs.runCommand(design: "gil", rate: 1000, script: Self.sieve))
            findings.gil.append(try await line(8, by: "gil", in: bench))
        }
    }

    /// What a helper prints, as the profiled program or by itself.
    private func said<Value: Decodable, S: Starter>(by command: Command, in bench: Bench<S>) async throws -> Value {
        try decoded(Value.self, from: try await bench.starter.succeed(command).output, by: command.line)
    }

    private func line<S: Starter>(_ line: Int, by design: String, in bench: Bench<S>) async throws -> Share? {
        try await bench.runReport(of: design, within: "eratosthenes").line(line, of: "sieve.py")
    }

    private func rows(_ findings: Findings, trials: Int) throws -> [Row] {
        let truths = findings.control.compactMap { TalkTruth($0, findings.parts) }
        guard let control = TalkTruth.union(truths) else {
            throw RunningError.failed("talk_picture.py told no truth of the sieve: run it by itself to see why")
        }
        let ownMeet = findings.stamped.count { phases, share in
            TalkTruth(phases, findings.parts).map { meets(share, $0.line10) } ?? false
        }
        let shares = findings.signal.compactMap { $0?.share }
        let picture = "signal \(Words.percent(mean(shares))), truth \(percent(control.line10))"
        let gilShares = findings.gil.map { $0?.share ?? 0 }
        let gilPicture = "gil \(Words.percent(mean(gilShares))), truth at most \(Words.percent(control.line8AtMost))"
        return [
            row("line 10 by signal, truth of this run", "meets the truth", ownMeet, trials, nil),
            row(
                "line 10 by signal, sieve.py", "meets the truth",
                findings.signal.count { meets($0, control.line10) }, trials, picture),
            row(
                "line 8 by gil, sieve.py", "10 points above the truth",
                gilShares.count { $0 >= control.line8AtMost + Self.excess }, trials, gilPicture),
        ]
    }

    private func row(_ figure: String, _ asked: String, _ successes: Int, _ trials: Int, _ picture: String?) -> Row {
        let rule = EnoughOf()
        return Row(
            figure: "talk picture: \(figure)", asked: "\(asked) in \(rule.needed(of: trials)) of \(trials)",
            measured: "\(successes) of \(trials)" + (picture.map { " (\($0))" } ?? ""),
            from: Words.count(trials, "trial"),
            verdict: rule.verdict(successes: successes, of: trials), value: Double(successes))
    }
}

/// Whether an interval and a range have a point in common; a share without an interval meets nothing.
private func meets(_ share: RunReport.Share?, _ range: ClosedRange<Double>) -> Bool {
    guard let low = share?.low, let high = share?.high else { return false }
    return low <= range.upperBound && high >= range.lowerBound
}

private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
}

private func percent(_ range: ClosedRange<Double>) -> String {
    "\(Words.decimals(100 * range.lowerBound, 1))–\(Words.decimals(100 * range.upperBound, 1)) %"
}
