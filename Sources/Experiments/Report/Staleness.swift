import Analysis
import Foundation
import Measuring
import Running

extension Store {
    /// What of the results is no longer what the spec asks for, or the programs are.
    func stale(_ file: SpecFile) throws(RunningError) -> [StaleFinding] {
        guard let spec = try? file.spec(quick: false) else {
            return [
                StaleFinding(workload: "all", why: "the spec can no longer be read: swprof experiment run says why")
            ]
        }
        return try changedSpec(file) + changedPrograms(spec, file)
    }

    private func changedSpec(_ file: SpecFile) throws(RunningError) -> [StaleFinding] {
        guard let last = try lastSession(), last.spec != file.text else { return [] }
        return [StaleFinding(workload: "all", why: "the spec has changed since they were measured")]
    }

    private func changedPrograms(_ spec: Spec, _ file: SpecFile) throws(RunningError) -> [StaleFinding] {
        var newest: [String: String] = [:]
        try each("SELECT workload, program FROM block ORDER BY number") { newest[$0[0]] = $0[1] as String }
        return newest.sorted { $0.key < $1.key }.compactMap { workload, hash in
            guard spec.workloads.contains(workload) else {
                return StaleFinding(workload: workload, why: "the spec no longer asks for it")
            }
            // Whether a package's program is the same is seen only with its interpreter at hand, by running.
            guard !WorkloadProgram.isOfPyperformance(workload) else { return nil }
            guard let script = try? WorkloadProgram.script(workload, file.folder),
                let now = WorkloadProgram.hash(of: script)
            else {
                return StaleFinding(workload: workload, why: "its program is no longer there")
            }
            return now == hash
                ? nil : StaleFinding(workload: workload, why: "its program has changed since it was measured")
        }
    }
}
