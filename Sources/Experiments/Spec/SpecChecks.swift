import Running

extension Spec {
    /// Refuses axes that cannot go together.
    func check(_ document: SpecDocument, quick: Bool) throws(RunningError) {
        func wrong(_ key: String, _ what: String) -> RunningError {
            document.error(quick ? ["quick", key] : [key], what)
        }
        guard !workloads.isEmpty else { throw wrong("workloads", "no workload is named; list some in 'workloads'") }
        guard !designs.isEmpty || !peers.isEmpty else {
            throw wrong("designs", "no design is named; list some in 'designs', or other profilers in 'peers'")
        }
        for workload in sizes.keys.sorted() where !workloads.contains(workload) {
            throw document.error(
                ["sizes", workload],
                "there are sizes of '\(workload)', which is none of the workloads; name it there or leave them out")
        }
        if let stranger = unprofiled.first(where: { !workloads.contains($0) }), !quick {
            throw document.error(
                ["unprofiled"], "'\(stranger)' is none of the workloads; name it there too, or leave it out here")
        }
        if let written = designs.lazy.compactMap(\.written).first {
            throw wrong(
                "designs", "'\(written.name)' is a design in Python, which experiments do not take; leave it out")
        }
        let samplers = designs.contains { $0.kind == .sampling }
        let rated = samplers || peers.contains { $0.kind == .sampling }
        for (key, isUsed) in [("rates", rated), ("schedules", samplers)] where !isUsed && document.root[key] != nil {
            let all = Design.allCases.filter { $0.kind == .sampling }.map(\.rawValue).joined(separator: " or ")
            throw wrong(
                key, "'\(key)' is of samplers, and no design is one; leave it out, or add \(all) to the designs")
        }
        guard trace.isEmpty || designs.contains(where: \.tellsLines) else {
            throw document.error(
                ["trace"],
                "'trace' is of the design lines, which is not among the designs; add it, or leave 'trace' out")
        }
        guard within == nil || shares != .none else {
            throw document.error(
                ["within"],
                "'within' is of shares, and none are kept; add shares = \"functions\" or \"lines\", or leave it out")
        }
        if let rate = rates.first(where: { !(0.01...100_000).contains($0) }) {
            throw wrong("rates", "a rate of \(rate) Hz cannot be kept; give one from 0.01 to 100000")
        }
    }

    /// A short form measures some of what the long one does, so that its results are of the same cells.
    func checkQuick(of spec: Spec, _ document: SpecDocument) throws(RunningError) {
        guard runs <= spec.runs else {
            throw document.error(["quick", "runs"], "the quick form has more runs than the whole; give fewer")
        }
        if let stranger = workloads.first(where: { !spec.workloads.contains($0) }) {
            throw document.error(
                ["quick", "workloads"],
                "'\(stranger)' is none of the workloads; name it there too, or leave it out here")
        }
    }
}
