import Glibc

/// A Python program, as it is named on the command line.
public struct Program: Sendable, Equatable {
    public enum Source: Sendable, Equatable {
        case script(String)
        case module(String)
        case code(String)
    }

    public var source: Source
    public var arguments: [String]
    /// All of it as it was typed, in bytes, which need not be text.
    public var rawWords: [[UInt8]]?
    /// The Python that it names itself, as installed commands do.
    public var interpreter: String?

    /// The files that its words name, as far as they are files.
    public var files: [String] { if case .script(let path) = source { [path] + arguments } else { arguments } }

    public init(_ source: Source, arguments: [String] = [], rawWords: [[UInt8]]? = nil) {
        self.source = source
        self.arguments = arguments
        self.rawWords = rawWords
    }

    /// What the interpreter is given: the words' bytes, each ended by a zero.
    var interpreterArguments: [[UInt8]] {
        let own: [String] =
            switch source {
            case .script(let path): [path]
            case .module(let name): ["-m", name]
            case .code(let text): ["-c", text]
            }
        return (rawWords ?? (own + arguments).map { Array($0.utf8) }).map { $0 + [0] }
    }

    /// For people: the script, or what stands for it, and its arguments.
    public var words: [String] {
        switch source {
        case .script(let path): [path] + arguments
        case .module(let name): ["-m", name] + arguments
        case .code: ["-c"] + arguments
        }
    }

    /// The same where its script is there; else the command of that name on the PATH.
    ///
    /// Throws where that is no Python script.
    public func found() throws(RunningError) -> Program {
        guard case .script(let name) = source else { return self }
        var program = self
        guard !isThere() else {
            program.interpreter = InstalledCommand.interpreter(ofScript: name)
            return program
        }
        guard let command = try InstalledCommand(name) else { return self }
        program.source = .script(command.path)
        program.rawWords = rawWords.map { [Array(command.path.utf8)] + $0.dropFirst() }
        program.interpreter = command.interpreter
        return program
    }

    /// Throws where a script cannot be read, before anything is started. `-` is the standard input.
    ///
    /// - Parameter folder: where the program is run; `nil` for our own working folder.
    func check(in folder: String? = nil) throws(RunningError) {
        guard case .script(let path) = source, !isThere(in: folder) else { return }
        let problem = String(cString: strerror(errno))
        let module = Self.couldBeModule(path) ? ", or -m \(path) for a module" : ""
        throw .usage("cannot read the script '\(path)': \(problem); give the path of a Python script\(module)")
    }

    /// Whether its script can be read, or it has none; else `errno` says why not.
    func isThere(in folder: String? = nil) -> Bool {
        guard case .script(let path) = source, path != "-", let bytes = interpreterArguments.first else { return true }
        let above = path.hasPrefix("/") ? "" : folder.map { $0 + "/" } ?? ""
        return access((Array(above.utf8) + bytes).map { CChar(bitPattern: $0) }, R_OK) == 0
    }

    private static func couldBeModule(_ name: String) -> Bool {
        !name.isEmpty && !name.hasSuffix(".py")
            && name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") || isalnum(Int32($0)) != 0 }
    }
}
