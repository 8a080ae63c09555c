import ProfileModel

/// What the functions and lines of a profile are compared by: themselves, or those of another version of the program.
struct PlaceNames {
    /// Those that have other names.
    var functions: [Function: FunctionKey] = [:]
    var lines: [SourceLine: SourceLine] = [:]

    /// Every place by its own name.
    static let own = PlaceNames()

    var isOwn: Bool { functions.isEmpty && lines.isEmpty }

    /// `nil` for a C function.
    func key(of function: Function) -> FunctionKey? { functions[function] ?? FunctionKey(function) }

    func name(of line: SourceLine) -> SourceLine { lines[line] ?? line }

    func named(_ functionOfLine: [SourceLine: Function]) -> [SourceLine: Function] {
        guard !lines.isEmpty else { return functionOfLine }
        return Dictionary(functionOfLine.map { (name(of: $0), $1) }) { $0.outer($1) }
    }
}
