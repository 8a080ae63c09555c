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
    /// The arguments' bytes, where they are no valid text.
    public var rawArguments: [[UInt8]]?

    public init(_ source: Source, arguments: [String] = [], rawArguments: [[UInt8]]? = nil) {
        self.source = source
        self.arguments = arguments
        self.rawArguments = rawArguments
    }

    /// What the interpreter is given: the words' bytes, each ended by a zero.
    var interpreterArguments: [[UInt8]] {
        let own: [String] =
            switch source {
            case .script(let path): [path]
            case .module(let name): ["-m", name]
            case .code(let text): ["-c", text]
            }
        let words = own.map { Array($0.utf8) } + (rawArguments ?? arguments.map { Array($0.utf8) })
        return words.map { $0 + [0] }
    }

    /// For people: the script, or what stands for it, and its arguments.
    public var words: [String] {
        switch source {
        case .script(let path): [path] + arguments
        case .module(let name): ["-m", name] + arguments
        case .code: ["-c"] + arguments
        }
    }

    /// Throws where a script cannot be read, before anything is started.
    func check() throws(RunningError) {
        guard case .script(let path) = source, access(path, R_OK) != 0 else { return }
        throw .usage("cannot read the script '\(path)': \(String(cString: strerror(errno))); give the path of a Python script")
    }
}
