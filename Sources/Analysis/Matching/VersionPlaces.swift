import ProfileModel

/// The functions and lines that were seen in any run of one version of a program, by the names that both versions share.
struct VersionPlaces {
    /// By portable name.
    private(set) var files: [String: String] = [:]
    /// Python functions, in the order in which they stand.
    private(set) var functions: [MatchedFunction: [Function]] = [:]
    private(set) var lines: [MatchedFunction: [SeenLine]] = [:]

    init(_ profiles: [Profile], _ paths: PortablePaths) {
        for function in Set(profiles.flatMap(\.functions)) {
            guard let file = function.file else { continue }
            let name = paths(file)
            files[name] = files[name].map { min($0, file) } ?? file
            functions[MatchedFunction(file: name, qualname: function.qualname), default: []].append(function)
        }
        for key in functions.keys { functions[key]?.sort { ($0.line, $0.file ?? "") < ($1.line, $1.file ?? "") } }
        addLines(of: profiles, paths)
    }

    private mutating func addLines(of profiles: [Profile], _ paths: PortablePaths) {
        let functionOfLine = profiles.reduce(into: [SourceLine: Function]()) { known, profile in
            known.merge(profile.functionOfLine) { $0.outer($1) }
        }
        for (line, function) in functionOfLine {
            let mark = profiles.lazy.compactMap { $0.marks[line.file]?[line.line] }.first
            let key = MatchedFunction(file: paths(line.file), qualname: function.qualname)
            lines[key, default: []].append(SeenLine(line: line, offset: line.line - function.line, mark: mark))
        }
    }
}
