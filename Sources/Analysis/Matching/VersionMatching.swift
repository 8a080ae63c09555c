import ProfileModel

/// Finds the functions and the lines of one version of a program in another: functions by file and qualified name, lines by
/// what stands on them.
struct VersionMatching {
    /// What the places of the version before are compared by: those of the new version.
    private(set) var names = PlaceNames()

    init(old: VersionPlaces, new: VersionPlaces) {
        for (matched, functions) in old.functions { add(functions, as: matched, of: new) }
        addLines(old, new)
    }

    private mutating func add(_ functions: [Function], as matched: MatchedFunction, of new: VersionPlaces) {
        let there = new.functions[matched] ?? []
        for (place, function) in functions.enumerated() {
            // Those of one name, such as lambdas, follow each other as they did.
            let same = there.isEmpty ? nil : FunctionKey(there[min(place, there.count - 1)])
            let file = new.files[matched.file] ?? function.file ?? ""
            let key = same ?? FunctionKey(file: file, line: function.line, name: function.name)
            if FunctionKey(function) != key { names.functions[function] = key }
        }
    }

    private mutating func addLines(_ old: VersionPlaces, _ new: VersionPlaces) {
        var left: [String: (old: [SeenLine], new: [SeenLine])] = [:]
        for function in Set(old.lines.keys).union(new.lines.keys) {
            let matching = LineMatching(ofFunction: old.lines[function] ?? [], new.lines[function] ?? [])
            for pair in matching.pairs { add(pair.old.line, as: pair.new.line) }
            left[function.file, default: ([], [])].old += matching.old
            left[function.file, default: ([], [])].new += matching.new
        }
        for (file, lines) in left {
            let matching = LineMatching(ofFile: lines.old, lines.new)
            for pair in matching.pairs { add(pair.old.line, as: pair.new.line) }
            for lost in matching.old {
                var name = SourceLine(file: new.files[file] ?? lost.line.file, line: lost.line.line)
                name.isOnlyBefore = true
                add(lost.line, as: name)
            }
        }
    }

    private mutating func add(_ line: SourceLine, as name: SourceLine) {
        if line != name { names.lines[line] = name }
    }
}
