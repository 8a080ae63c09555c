import FoundationEssentials

/// What an interpreter says itself that it is.
public struct InterpreterFacts: Sendable, Equatable, Decodable {
    /// Such as `cpython`.
    public var implementation: String
    /// `sys.version` on one line: the same build says the same on two machines.
    public var version: String
    /// A virtual environment's interpreter is the one that it was made from; a script that starts one, what it starts.
    public var base: String
    public var isFreeThreaded: Bool
    /// What it has of the packages that were asked for, by name.
    public var packages: [String: Package] = [:]
    /// All installed packages with their versions, where they were asked for.
    public var installed: [String] = []

    public struct Package: Sendable, Equatable, Decodable {
        public var version: String?
        /// Of the module of the same name; `nil` where there is none.
        public var folder: String?

        public init(version: String?, folder: String?) { (self.version, self.folder) = (version, folder) }
    }

    public init(implementation: String = "cpython", version: String, base: String, isFreeThreaded: Bool = false) {
        (self.implementation, self.version, self.base, self.isFreeThreaded) = (
            implementation, version, base, isFreeThreaded
        )
    }

    /// Such as `3.11.2`.
    public var python: String { version.split(separator: " ").first.map(String.init) ?? version }
}

extension Interpreter {
    /// Asks the interpreter what it is.
    ///
    /// - Parameters:
    ///   - packages: those to look for.
    ///   - all: whether every installed package is listed.
    ///   - folder: where packages are looked for first.
    /// - Throws: where it does not answer, as no Python does.
    public func facts(
        of packages: [String] = [], all: Bool = false, folder: String? = nil
    ) async throws(RunningError) -> InterpreterFacts {
        let program = Program(.code(Self.question), arguments: [all ? "all" : "named"] + packages)
        var run = ProcessRun(interpreter: self, program: program, limits: RunLimits(time: .seconds(30)))
        if let folder { run.environment["PYTHONPATH"] = Array(folder.utf8) }
        let outcome = try await run.run(.endKept)
        // What was made for this process is gone by now.
        SignalForwarding.deliver()
        guard outcome.status == 0, let answer = outcome.outputEnd?.split(separator: "\n").last,
            let facts = try? JSONDecoder().decode(InterpreterFacts.self, from: Data(answer.utf8))
        else { throw .failed("'\(path)' does not say which Python it is; name a CPython with --python") }
        return facts
    }

    private static let question = """
        import json, sys
        facts = {
            "implementation": sys.implementation.name, "version": sys.version.replace("\\n", " "),
            "base": getattr(sys, "_base_executable", sys.executable), "isFreeThreaded": "t" in getattr(sys, "abiflags", ""),
            "packages": {}, "installed": []}
        if sys.argv[1:] != ["named"]:
            import importlib.metadata, importlib.util
            for name in sys.argv[2:]:
                try:
                    version = importlib.metadata.version(name)
                except importlib.metadata.PackageNotFoundError:
                    version = None
                spec = importlib.util.find_spec(name)
                folders = list(spec.submodule_search_locations or []) if spec else []
                facts["packages"][name] = {"version": version, "folder": folders[0] if folders else None}
            if sys.argv[1] == "all":
                facts["installed"] = sorted(f"{d.metadata['Name']} {d.version}" for d in importlib.metadata.distributions())
        print(json.dumps(facts))
        """
}
