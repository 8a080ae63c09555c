import ProfileModel

/// The first lines of functions, for profiles whose tool tells only the lines being executed.
///
/// Without them such a profile's functions would be other functions than those of all other tools. A function is taken
/// to be the one of its name in its file that begins nearest above the line that it executes.
struct FirstLines {
    private struct Name: Hashable {
        var file: String
        var name: String
    }

    /// Ascending.
    private var known: [Name: [Int]] = [:]

    init(_ profiles: some Sequence<Profile>) {
        var seen: [Name: Set<Int>] = [:]
        for profile in profiles {
            for function in profile.functions where function.line > 0 {
                if let file = function.file {
                    seen[Name(file: file, name: function.name), default: []].insert(function.line)
                }
            }
        }
        known = seen.mapValues { $0.sorted() }
    }

    /// The profile with the first lines that its functions lack, where they are known.
    func completing(_ profile: Profile) -> Profile {
        guard !known.isEmpty, profile.functions.contains(where: { $0.file != nil && $0.line == 0 }) else {
            return profile
        }
        var whole = profile
        var begun: [Function: FunctionID] = [:]
        for (index, location) in profile.locations.enumerated() {
            guard let function = completed(profile.functions[location.function.index], at: location.line) else {
                continue
            }
            let id = begun[function] ?? FunctionID(whole.functions.count)
            if begun[function] == nil {
                begun[function] = id
                whole.functions.append(function)
                whole.inclusive?.functions?.append(profile.inclusive?.functions?[location.function.index] ?? 0)
            }
            whole.locations[index].function = id
        }
        return whole
    }

    /// `nil` where nothing more is known of it.
    private func completed(_ function: Function, at line: Int) -> Function? {
        guard function.line == 0, let file = function.file, let lines = known[Name(file: file, name: function.name)]
        else { return nil }
        var whole = function
        if let first = lines.last(where: { $0 <= line }) ?? (line == 0 && lines.count == 1 ? lines.first : nil) {
            whole.line = first
        }
        return whole.line > 0 ? whole : nil
    }
}
