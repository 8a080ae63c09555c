import Analysis

/// What is said of a run's processes.
extension Wording {
    /// `9 processes took part: pool.py (11 %), 8 × ForkPoolWorker (89 %).`; `nil` where children were not followed.
    static func processes(_ findings: RunFindings) -> String? {
        guard let processes = findings.processes, let own = processes.first else { return nil }
        guard processes.count > 1 else {
            return own.parent == nil
                ? "The program started no process that was profiled."
                : "This is \(own.name) alone, one of the program's processes."
        }
        let groups = groups(of: Array(processes.dropFirst()))
        let named = ["\(own.name) (\(part(own.share)))"] + groups.prefix(mostNamed).map(text)
        let rest = groups.dropFirst(mostNamed).reduce(0) { $0 + $1.count }
        let more = rest > 0 ? " and \(Figures.count(rest)) more" : ""
        return "\(Figures.count(processes.count)) processes took part: \(named.joined(separator: ", "))\(more)."
    }

    /// Groups of processes that are named; `--by process` lists them all.
    private static let mostNamed = 4

    private struct ProcessGroup {
        var name: String
        var count = 0
        var share = 0.0
    }

    private static func text(_ group: ProcessGroup) -> String {
        (group.count > 1 ? "\(Figures.count(group.count)) × " : "") + "\(group.name) (\(part(group.share)))"
    }

    /// Those whose names differ in their numbers alone, the heaviest first.
    private static func groups(of processes: [ProcessFinding]) -> [ProcessGroup] {
        var groups: [String: ProcessGroup] = [:]
        var order: [String] = []
        for process in processes {
            let stem = stem(of: process.name)
            if groups[stem] == nil { order.append(stem) }
            var group = groups[stem] ?? ProcessGroup(name: process.name)
            if group.count > 0 { group.name = stem }
            group.count += 1
            group.share += process.share ?? 0
            groups[stem] = group
        }
        let inOrder = order.compactMap { groups[$0] }
        return inOrder.enumerated().sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }.map(
            \.element)
    }

    /// `ForkPoolWorker` of `ForkPoolWorker-3`, `pid` of `pid 123`
    private static func stem(of name: String) -> String {
        var stem = Substring(name)
        while let last = stem.last, "0123456789:".contains(last) || (stem.count < name.count && "- ".contains(last)) {
            stem = stem.dropLast()
        }
        return stem.isEmpty ? name : stem == "pid" ? "fork" : String(stem)
    }
}
