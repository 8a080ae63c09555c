import Running

/// One of the two versions of a program that are compared: what is run, and where.
public struct GateVersion: Sendable {
    /// In messages: `the baseline`, `the new version`.
    public var name: String
    public var program: Program
    public var interpreter: Interpreter
    /// The working folder of its runs; `nil` for our own.
    public var folder: String?
    /// The folders that its own code is in.
    public var roots: [String]
    /// The commit, where it is one.
    public var commit: String?

    public init(
        _ name: String, _ program: Program, _ interpreter: Interpreter, folder: String? = nil, roots: [String],
        commit: String? = nil
    ) {
        (self.name, self.program, self.interpreter) = (name, program, interpreter)
        (self.folder, self.roots, self.commit) = (folder, roots, commit)
    }
}

extension GateVersion {
    /// Throws where a run of it ended with another status than 0, or swprof was asked to end meanwhile.
    func check(_ outcome: ProfiledOutcome) throws(RunningError) {
        try SignalForwarding.checkInterrupted()
        guard outcome.process.status != 0 else { return }
        let lines = (outcome.process.errorEnd ?? "").split(separator: "\n")
        let reason = lines.last.map { ": \($0.prefix(200))" } ?? ""
        throw .failed("\(name) \(outcome.process.ending), so it cannot be measured\(reason)")
    }

    /// Of one that left no profile.
    var silent: RunningError { .failed("\(name) ended before its first line ran, so it cannot be measured") }
}
