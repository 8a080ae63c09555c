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

    /// Throws where a script cannot be read, before anything is started. `-` is the standard input.
    ///
    /// - Parameter folder: where the program is run; `nil` for our own working folder.
    func check(in folder: String? = nil) throws(RunningError) {
        guard case .script(let path) = source, path != "-", let bytes = interpreterArguments.first else { return }
        let above = path.hasPrefix("/") ? "" : folder.map { $0 + "/" } ?? ""
        guard access((Array(above.utf8) + bytes).map { CChar(bitPattern: $0) }, R_OK) != 0 else { return }
        throw .usage(
            "cannot read the script '\(path)': \(String(cString: strerror(errno))); give the path of a Python script")
    }
}
