/// Why profiles cannot be put together, and what to do.
public struct MergeRefusal: Error, Equatable {
    public var problem: String
}

extension Profile {
    /// The profiles of several runs as one: each keeps its ticks and its ledger, as the processes of one run do.
    ///
    /// - Parameter runs: each with its name for people, such as that of its file.
    /// - Throws: where their times are not of one kind, so that a sum would say nothing.
    public static func merging(runs: [(name: String, profile: Profile)]) throws(MergeRefusal) -> Profile {
        guard let first = runs.first else { throw MergeRefusal(problem: "there is no profile to merge; name two") }
        for run in runs.dropFirst() { try first.profile.checkSums(first.name, with: run) }
        var began: Int64 = 0
        var parts: [Profile] = []
        for (at, run) in runs.enumerated() {
            parts += run.profile.parts(of: run.name, number: at + 1, began: began)
            began += Int64(run.profile.seconds * 1e9)
        }
        guard var merged = merging(processes: parts) else {
            throw MergeRefusal(problem: "the profiles list no process")
        }
        merged.describe(runs.map(\.profile))
        if let again = sameProcess(twiceIn: parts) { merged.caveats.append(again) }
        return merged
    }

    /// A process that is the same in two runs: what it did counts twice, and says no more than once.
    private static func sameProcess(twiceIn parts: [Profile]) -> Caveat? {
        var seen: [[Int64]: String] = [:]
        for process in parts.compactMap(\.processes.first) {
            guard let account = process.account else { continue }
            guard let other = seen.updateValue(process.name, forKey: [account.start, account.end]) else { continue }
            return Caveat(
                code: "same-run-twice",
                text:
                    "'\(other)' and '\(process.name)' are of one and the same run, which counts twice: nothing is surer by "
                    + "it, so the intervals are too narrow.")
        }
        return nil
    }

    private func checkSums(_ name: String, with run: (name: String, profile: Profile)) throws(MergeRefusal) {
        let other = run.profile
        func refusal(_ what: String, _ own: String, _ its: String) -> MergeRefusal {
            MergeRefusal(
                problem: "'\(name)' has the \(what) \(own), and '\(run.name)' has \(its); merge profiles of one \(what)"
            )
        }
        if clock != other.clock { throw refusal("clock", clock.rawValue, other.clock.rawValue) }
        if design != other.design { throw refusal("design", design, other.design) }
        if schedule != other.schedule {
            throw refusal("schedule", schedule?.rawValue ?? "unknown", other.schedule?.rawValue ?? "unknown")
        }
        guard secondsAreKnown == other.secondsAreKnown else {
            throw MergeRefusal(
                problem:
                    "'\(secondsAreKnown ? run.name : name)' tells no seconds, so it cannot be added; merge profiles of times"
            )
        }
        guard inclusive == nil, other.inclusive == nil else {
            throw MergeRefusal(
                problem:
                    "'\(inclusive == nil ? run.name : name)' tells times with callees by function and no stacks, so they "
                    + "cannot be added; merge such files by their own tool")
        }
    }

    /// One profile a process; a run that lists none is one.
    private func parts(of name: String, number: Int, began: Int64) -> [Profile] {
        guard !processes.isEmpty else {
            var part = self
            part.processes = [
                ProcessLife(
                    id: Int64(number), name: name, start: began, seconds: seconds, account: account,
                    ledger: ledger?.withoutReasons)
            ]
            return [part]
        }
        return processes.indices.map { at in
            var part = only(processes: [at])
            part.processes[0].start += began - processes[0].start
            part.processes[0].name = "\(name): \(processes[at].name)"
            return part
        }
    }

    /// What is said of all runs together.
    private mutating func describe(_ runs: [Profile]) {
        seconds = runs.reduce(0) { $0 + $1.seconds }
        own = runs.reduce(into: []) { own, run in own += run.own.filter { !own.contains($0) } }
        audit = runs.dropFirst().reduce(audit) { audit, run in audit.filter { run.audit[$0.key] == $0.value } }
        instantsAreOwn = runs.allSatisfy(\.instantsAreOwn)
        secondsAreKnown = runs.allSatisfy(\.secondsAreKnown)
        if runs.contains(where: { $0.rate != rate }) { rate = nil }
        if runs.contains(where: { $0.exit != exit }) { exit = nil }
        if runs.contains(where: { $0.probeCosts != probeCosts }) { probeCosts = nil }
        guard let other = runs.first(where: { $0.program != program }) else { return }
        caveats.append(
            Caveat(
                code: "program-mismatch",
                text: "These are runs of different programs: \(program.joined(separator: " ")) and "
                    + "\(other.program.joined(separator: " ")), so shares are of all their time together."))
    }
}
