import Glibc
import ProfileModel

extension Design {
    /// The same with what it declares: where it is written in Python, the interpreter reads its file. Throws where there is none.
    public func declared(by interpreter: Interpreter) async throws(RunningError) -> Design {
        guard let written else { return self }
        return .written(try await written.declared(by: interpreter))
    }
}

extension WrittenDesign {
    /// How long its file may take to be loaded, in seconds.
    private static let patience = 4

    fileprivate func declared(by interpreter: Interpreter) async throws(RunningError) -> WrittenDesign {
        guard let colon = name.lastIndex(of: ":") else { throw unread(interpreter) }
        let file = String(name[..<colon])
        guard !name.utf8.contains(where: { $0 < 0x20 }) else {
            throw .usage("the design's file has a name with a control character; give it another name")
        }
        let folder = try PrivateFolder()
        let words = [try Installation.packageFolder(), name, folder.path]
        let run = ProcessRun(
            interpreter: interpreter, program: Program(.code(Self.question), arguments: words),
            limits: RunLimits(time: .seconds(Self.patience)))
        let outcome = try await run.run(.hashed)
        // What was made for this process is gone by now.
        SignalForwarding.deliver()
        if let refusal = folder.text(of: "refusal") { throw .usage(refusal) }
        guard !outcome.isOverTime else {
            throw .usage(
                "the design's file '\(file)' was not loaded within \(Self.patience) s; a file of designs only defines them"
            )
        }
        let path = file.hasPrefix("/") ? file : EnvironmentAudit.realPath(".") + "/" + file
        guard let design = folder.text(of: "declared").flatMap({ declared($0, file: path) }) else {
            throw unread(interpreter)
        }
        return design
    }

    /// - Parameter answer: its kind, and whose its instants are.
    private func declared(_ answer: String, file: String) -> WrittenDesign? {
        let words = answer.split(separator: " ")
        guard words.count == 2, let kind = Kind(rawValue: String(words[0])) else { return nil }
        return WrittenDesign(
            name, kind == .sampling ? .sampling : .tracing, instantsAreOwn: words[1] == "own", file: file)
    }

    private func unread(_ interpreter: Interpreter) -> RunningError {
        .failed("'\(interpreter.path)' does not say what the design \(name) declares; name a CPython with --python")
    }

    /// What the program's process is told beside its name.
    var pairs: [String: String] {
        [
            "file": file, "instants": instantsAreOwn ? "own" : "program",
            "kind": kind == .sampling ? Kind.sampling.rawValue : Kind.tracing.rawValue,
            "library": (try? Installation.packageFolder()) ?? "",
        ]
    }

    private static let question = """
        import sys
        library, shown, folder = sys.argv[1:]
        sys.path.insert(0, library)
        sys.argv = ["-c"]
        try:
            from swprof.written_files import declare
        except ImportError as error:
            with open(folder + "/refusal", "w") as file:
                file.write(str(error))
        else:
            sys.path.remove(library)
            declare(shown, folder)
        """
}
