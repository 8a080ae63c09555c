import ProfileModel

/// What one part of a collapsed stack stands for; tools write it in different ways.
enum CollapsedFrame: Hashable {
    /// `name (file:line)`, of swprof and py-spy, `file:name:line`, of austin and CPython's sampler, or `py::name:file`, of perf.
    case python(name: String, file: String, line: Int)
    /// Anything else is a name.
    case named(String)

    init(_ text: String) {
        self = Self.inParentheses(text) ?? Self.betweenColons(text) ?? Self.ofPerf(text) ?? .named(text)
    }

    var function: Function {
        switch self {
        case .python(let name, let file, _): ForeignFunction.function(name, file: file)
        case .named(let name): Function(name: name, qualname: name, file: nil, line: 0)
        }
    }

    /// The line being executed; 0 where it is not known.
    var line: Int {
        if case .python(_, let file, let line) = self, !ForeignFunction.isWithoutFile(file) { line } else { 0 }
    }

    /// Without a line, what is in the parentheses has to be a source or a library: C++ has names with parentheses.
    private static func inParentheses(_ text: String) -> CollapsedFrame? {
        guard let (name, inside) = parted(text) else { return nil }
        if let (file, line) = pathAndLine(inside[...]) { return .python(name: name, file: file, line: line) }
        if PathNames.isSource(inside) { return .python(name: name, file: inside, line: 0) }
        return PathNames.isLibrary(inside) ? .named(name) : nil
    }

    /// What stands before and in the last parentheses, which match and follow a blank.
    private static func parted(_ text: String) -> (name: String, inside: String)? {
        let bytes = Array(text.utf8)
        guard bytes.last == UInt8(ascii: ")") else { return nil }
        var depth = 0
        for at in bytes.indices.reversed() {
            if bytes[at] == UInt8(ascii: ")") { depth += 1 }
            if bytes[at] == UInt8(ascii: "(") { depth -= 1 }
            guard depth == 0 else { continue }
            guard at > 0, bytes[at - 1] == UInt8(ascii: " ") else { return nil }
            return (
                String(decoding: bytes[..<(at - 1)], as: UTF8.self),
                String(decoding: bytes[(at + 1)..<(bytes.count - 1)], as: UTF8.self)
            )
        }
        return nil
    }

    private static func betweenColons(_ text: String) -> CollapsedFrame? {
        guard let (rest, line) = pathAndLine(text[...]), let colon = rest.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            return nil
        }
        let (file, name) = (String(rest[..<colon]), String(rest[rest.utf8.index(after: colon)...]))
        // `std::function:3` is a name of C++.
        return file.isEmpty || name.isEmpty || file.hasSuffix(":") ? nil : .python(name: name, file: file, line: line)
    }

    /// CPython's own names for perf (`-X perf`): the qualified name, then the path.
    private static func ofPerf(_ text: String) -> CollapsedFrame? {
        guard text.hasPrefix("py::"), let colon = text.dropFirst(4).firstIndex(of: ":") else { return nil }
        let name = text[text.index(text.startIndex, offsetBy: 4)..<colon]
        return name.isEmpty
            ? nil : .python(name: String(name), file: String(text[text.index(after: colon)...]), line: 0)
    }

    private static func pathAndLine(_ text: Substring) -> (path: String, line: Int)? {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let line = Int32(text[text.utf8.index(after: colon)...]), line >= 0
        else { return nil }
        return (String(text[..<colon]), Int(line))
    }
}

/// What a file is by its name.
enum PathNames {
    private static let sources = [".py", ".pyx", ".pyw", ".pyi", ".pxd", ".ipynb"]

    static func isSource(_ path: String) -> Bool {
        sources.contains(where: path.hasSuffix) || path.hasPrefix("<") && path.hasSuffix(">")
    }

    static func isLibrary(_ path: String) -> Bool {
        path.hasSuffix(".so") || path.contains(".so.") || path.hasSuffix(".dylib") || path.hasSuffix(".dll")
            || path.hasSuffix(".exe")
            || path.hasSuffix(".pyd") || path.hasPrefix("/") || path.hasPrefix("python") || path.hasPrefix("lib")
    }
}
