import ProfileModel
import Running

/// What the program's own behaviour says against comparing its runs.
enum ProgramCaveats {
    static func caveats(of rounds: [Round<RunOutcome>]) -> [Caveat] {
        var caveats: [Caveat] = []
        let hashes = rounds.reduce(into: Set<UInt64>()) { $0.formUnion($1.outputHashes) }
        if hashes.count > 1 {
            caveats.append(
                Caveat(
                    code: "output-varies",
                    text:
                        "The program wrote \(hashes.count) different outputs over its runs: it may not always do the same work."
                ))
        }
        let statuses = rounds.reduce(into: Set<Int>()) { $0.formUnion($1.statuses) }
        if statuses.count > 1 {
            caveats.append(
                Caveat(
                    code: "status-varies",
                    text:
                        "The program ended with different statuses: \(statuses.sorted().map(String.init).joined(separator: ", "))."
                ))
        } else if let status = statuses.first, status != 0 {
            caveats.append(
                Caveat(code: "program-failed", text: "The program ended with status \(status) in every run."))
        }
        return caveats
    }
}
