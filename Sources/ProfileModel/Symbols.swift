/// A Python or C function of the profiled program.
public struct Function: Hashable, Sendable {
    /// The bare name, such as `append`.
    public var name: String
    /// The qualified name, such as `list.append`.
    public var qualname: String
    /// The source file; `nil` for a C function.
    public var file: String?
    /// The line on which the function begins; 0 where there is none.
    public var line: Int

    public init(name: String, qualname: String, file: String?, line: Int) {
        self.name = name
        self.qualname = qualname
        self.file = file
        self.line = line
    }

    /// A Python function by its qualified name, the only one that many tools tell.
    public init(qualified name: String, file: String, line: Int) {
        let bare =
            name.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(name[name.utf8.index(after: $0)...]) } ?? name
        self.init(name: bare.isEmpty ? name : bare, qualname: name, file: file, line: line)
    }

    /// Whether the function is written in C, and so has no source that we can show.
    public var isC: Bool { file == nil }

    /// A C function by its qualified name.
    public init(ofC name: String) {
        self.init(qualified: name, file: "", line: 0)
        file = nil
    }

    /// What the interpreter itself does, as if it called a function, by the name that samplers give it.
    public static let garbageCollection = "<garbage collection>"
    public static let lockWait = "<waiting for the GIL>"
}

/// A place in a function: the line being executed.
public struct Location: Hashable, Sendable {
    public var function: FunctionID
    /// 1-based; 0 where the design does not tell lines.
    public var line: Int

    public init(function: FunctionID, line: Int) {
        self.function = function
        self.line = line
    }
}
