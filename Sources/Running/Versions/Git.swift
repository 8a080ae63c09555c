/// The user's git.
struct Git: Sendable {
    private let path: Interpreter

    /// Throws where there is none on the PATH.
    init() throws(RunningError) {
        guard let found = Interpreter.find("git") else {
            throw .usage("there is no git on the PATH; install it, or name the command to compare with by --before")
        }
        path = try Interpreter(found)
    }

    /// What a command of git prints, line by line.
    ///
    /// - Parameter problem: what is said where it fails, of the last line that it printed about that.
    func lines(_ words: [String], or problem: (String) -> String) async throws(RunningError) -> [String] {
        let program = Program(.code(""), rawWords: words.map { Array($0.utf8) })
        var run = ProcessRun(interpreter: path, program: program, limits: RunLimits(time: .seconds(600)))
        // In a hook of git's own they name another repository than the working folder's.
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] { run.environment[variable] = .some(nil) }
        let outcome = try await run.run(.endKept)
        guard outcome.status == 0 else {
            let lines = (outcome.errorEnd ?? "").split(separator: "\n")
            throw .usage(problem(lines.last.map(String.init) ?? "it ended with status \(outcome.status)"))
        }
        return (outcome.outputEnd ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
