import Analysis
import Running

/// What a round of a comparison says of the program itself, and of how it ran.
extension Round where Outcome == RunOutcome {
    private func process(_ arm: Arm) -> ProcessOutcome? {
        if case .ran(let run)? = self[arm] { run.process } else { nil }
    }

    /// Those of the program itself: what a peer's command writes, and how it ends, is not the program's alone.
    private var processes: [ProcessOutcome] {
        runs.compactMap { run in
            if case .ran(let outcome) = run.outcome, run.arm.peer == nil { outcome.process } else { nil }
        }
    }

    /// Hashes of what the program wrote, over all runs of the round.
    public var outputHashes: Set<UInt64> { Set(processes.compactMap(\.outputHash)) }

    /// The exit statuses, likewise.
    public var statuses: Set<Int> { Set(processes.map(\.status)) }

    /// Why a peer gave no profile; `nil` where it gave one.
    func failure(of peer: PeerName) -> String? {
        runs.lazy.compactMap { run in
            if case .failed(let reason) = run.outcome, run.arm.peer == peer { reason } else { nil }
        }.first
    }

    /// What was profiled of the program as it is, by design or peer.
    var profiled: [(name: String, run: ProfiledOutcome)] {
        runs.compactMap { run in
            guard case .ran(let outcome) = run.outcome, run.arm.role == .profiled, run.arm.slowing == nil else {
                return nil
            }
            return (run.arm.tool, outcome)
        }
    }

    /// The numbers of the round, without how it was run.
    var numbers: Analysis.Round {
        let runs = profiled.compactMap { name, run in
            run.profile.map { (name, ProfiledRun(seconds: run.process.seconds, profile: $0)) }
        }
        return Analysis.Round(
            control: process(.control)?.seconds, selfTestControl: process(.selfTestControl)?.seconds,
            runs: Dictionary(runs) { first, _ in first })
    }
}
