import Analysis
import Foundation
import Measuring
import ProfileModel
import Running

/// Makes a measurement of one arm: runs it, and judges and reads what came of it.
struct CellMeasuring: Sendable {
    let starter: any BlockStarter
    let spec: Spec
    /// How many of the hottest functions or lines are kept of each run.
    private static let most = 12
    /// How the reason begins where a program did not end.
    static let hung = "hung"

    /// A run that failed is a measurement too, which says why.
    ///
    /// - Parameter isFirst: of the cell.
    func measure(_ arm: Arm, of block: Block, isFirst: Bool, under conditions: Conditions) async -> Measurement {
        let reading = reading(of: arm, isFirst: isFirst)
        let began = Date.now.timeIntervalSince1970
        var measurement: Measurement
        do throws(RunningError) {
            let run = try await starter.start(arm, of: block, conditions, reading: reading)
            measurement = Measurement(
                began: began, process: run.process, why: why(run, reading != .nothing && arm.kind != nil))
            if measurement.why == nil { read(run, into: &measurement) }
        } catch {
            measurement = Measurement(began: began, process: ProcessOutcome(status: -1, seconds: 0), why: error.line)
        }
        (measurement.hashSeed, measurement.padding) = (String(conditions.hashSeed), conditions.padding)
        if arm.kind != nil { measurement.seed = conditions.seed }
        return measurement
    }

    /// Reading a profile can take longer than the program did. Where no shares are asked for, it is read whole once, for what
    /// a tracer counts is the same in all runs, and then only for its ledger; and a tracing peer's, whose file can hold
    /// every call, never where our own tracer counts all calls.
    private func reading(of arm: Arm, isFirst: Bool) -> ProfileReading {
        if spec.shares != .none { return .whole }
        if arm.peer?.kind == .tracing, spec.designs.contains(.setprofile) { return .nothing }
        return isFirst ? .whole : arm.hasLedger ? .ledger : .nothing
    }

    /// What is wrong with a run, in words that are the same for the same reason.
    private func why(_ run: ProfiledOutcome, _ isProfileDue: Bool) -> String? {
        let process = run.process
        if process.isOverTime { return "\(Self.hung): killed after \(spec.limits.time.components.seconds) s" }
        if process.status != 0 {
            let said = process.errorEnd?.split(separator: "\n").last.map(String.init)
            if let said, said.hasPrefix("MemoryError") || said.contains("Cannot allocate memory"),
                let memory = spec.limits.memory
            {
                return "memory: more than \(memory >> 20) MiB"
            }
            let status = process.status > 128 ? "killed by signal \(process.status - 128)" : "status \(process.status)"
            return said.map { "\(status): \($0.prefix(200))" } ?? status
        }
        return isProfileDue && run.profile == nil ? "the profiler captured nothing" : nil
    }

    private func read(_ run: ProfiledOutcome, into measurement: inout Measurement) {
        let truth = spec.shares == .none ? nil : Truth(lastLineOf: run.process.outputEnd)
        if let truth { measurement.shares = truth.measured }
        guard let profile = run.profile else { return }
        measurement.ledger = profile.ledger
        if profile.kind == .tracing { measurement.calls = profile.calls }
        guard spec.shares != .none else { return }
        if let truth, spec.shares == .functions {
            measurement.shares += ShareTaking.total(profile, of: Array(truth.shares.keys), within: truth.within)
        }
        measurement.shares += ShareTaking.hottest(
            profile, lines: spec.shares == .lines, within: spec.within, most: Self.most
        ).map(\.withShortPath)
    }
}

extension Truth {
    fileprivate var measured: [MeasuredShare] {
        shares.map { MeasuredShare(basis: .truth, name: $0.key, share: $0.value) }
    }
}

extension MeasuredShare {
    /// Results are read elsewhere, where the folders are others.
    fileprivate var withShortPath: MeasuredShare {
        var share = self
        share.file = file.map { $0.split(separator: "/").suffix(2).joined(separator: "/") }
        return share
    }
}

extension Profile {
    /// How often Python and C functions were called.
    fileprivate var calls: (python: Int64, c: Int64) {
        samples.reduce(into: (0, 0)) { calls, sample in
            guard !isLine(sample), let leaf = stacks.leaf(of: sample.stack) else { return }
            if function(at: leaf).isC { calls.1 &+= sample.count } else { calls.0 &+= sample.count }
        }
    }
}
