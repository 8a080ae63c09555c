import ProfileModel

/// What time is charged to: the functions of a profile, or its source lines.
struct Places<Key: Hashable> {
    private(set) var keys: [Key] = []
    /// For every location the index of its place in `keys`; −1 where it has none.
    private(set) var ofLocation: [Int32] = []

    /// Locations with equal keys are one place.
    fileprivate init(_ profile: Profile, key: (Location, Function) -> Key?) {
        var known: [Key: Int32] = [:]
        for location in profile.locations {
            guard let key = key(location, profile.functions[location.function.index]) else {
                ofLocation.append(-1)
                continue
            }
            let place = known[key] ?? Int32(keys.count)
            if known.updateValue(place, forKey: key) == nil { keys.append(key) }
            ofLocation.append(place)
        }
    }
}

/// A line of a source file.
struct SourceLine: Hashable {
    var file: String
    var line: Int
}

extension Places where Key == Function {
    init(functionsOf profile: Profile) {
        self.init(profile) { $1 }
    }
}

extension Places where Key == SourceLine {
    /// Only lines that the design tells: none for C functions and for most tracers.
    init(linesOf profile: Profile) {
        self.init(profile) { location, function in
            guard let file = function.file, location.line > 0 else { return nil }
            return SourceLine(file: file, line: location.line)
        }
    }
}
