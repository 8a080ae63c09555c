import ProfileModel

/// What one part of a collapsed stack stands for; tools write it in different ways.
enum CollapsedFrame: Hashable {
    /// `name (file:line)`, of swprof and py-spy, or `file:name:line`, of austin and CPython's sampler.
    case python(name: String, file: String, line: Int)
    /// Anything else is a name.
    case named(String)
    /// `T0:123` of austin, `tid:123` of CPython's sampler, at the root.
    case thread(Int64)
    /// `P123` of austin, at the root.
    case process

    init(_ text: String) {
        self = Self.inParentheses(text) ?? Self.mark(text) ?? Self.betweenColons(text) ?? .named(text)
    }

    var function: Function {
        switch self {
        case .python(let name, let file, _): Function(qualified: name, file: file, line: 0)
        case .named(let name): Function(name: name, qualname: name, file: nil, line: 0)
        // Below the root these are names like any other.
        case .thread(let id): Function(name: "T\(id)", qualname: "T\(id)", file: nil, line: 0)
        case .process: Function(name: "P", qualname: "P", file: nil, line: 0)
        }
    }

    /// The line being executed; 0 where it is not known.
    var line: Int { if case .python(_, _, let line) = self { line } else { 0 } }

    private static func inParentheses(_ text: String) -> CollapsedFrame? {
        guard text.hasSuffix(")"), let open = text.firstRange(of: " ("), let (file, line) = pathAndLine(text[open.upperBound...].dropLast())
        else { return nil }
        return .python(name: String(text[..<open.lowerBound]), file: file, line: line)
    }

    private static func betweenColons(_ text: String) -> CollapsedFrame? {
        guard let (rest, line) = pathAndLine(text[...]), let colon = rest.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let (file, name) = (String(rest[..<colon]), String(rest[rest.utf8.index(after: colon)...]))
        return file.isEmpty || name.isEmpty ? nil : .python(name: name, file: file, line: line)
    }

    private static func pathAndLine(_ text: Substring) -> (path: String, line: Int)? {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")), let line = Int32(text[text.utf8.index(after: colon)...]), line >= 0
        else { return nil }
        return (String(text[..<colon]), Int(line))
    }

    private static func mark(_ text: String) -> CollapsedFrame? {
        if text.hasPrefix("P"), UInt32(text.dropFirst()) != nil { return .process }
        guard text.hasPrefix("T") || text.hasPrefix("tid:"), let colon = text.firstIndex(of: ":") else { return nil }
        let number = text[..<colon].dropFirst()
        guard text.hasPrefix("tid:") || number.isEmpty || UInt32(number) != nil else { return nil }
        return Int64(text[text.index(after: colon)...]).map { .thread($0) }
    }
}
