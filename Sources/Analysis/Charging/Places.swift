import ProfileModel

/// What time, calls and hits are charged to: the functions of a profile, its lines, or other parts of its stacks.
///
/// Every stack adds one place, or none, to those of the stack below: that of the frame on its top. What samples know and
/// stacks do not, such as an instruction, becomes a place by `Profile.onPlaces`; so may threads, tasks, processes and idle time.
struct Places<Key: Hashable> {
    /// Each once, in the order in which it is met.
    private(set) var keys: [Key] = []
    /// By stack: the place of the frame on top; −1 where it has none.
    let ofTop: [Int32]
    /// The one place, if any, that each stack's self time is charged to.
    let own: Charge

    /// The places of stacks whatever is on them; equal keys are one place.
    init(ofStacks keyOfStack: [Key?]) {
        var numbering = Numbering<Key>()
        ofTop = keyOfStack.map { numbering.number($0) }
        keys = numbering.keys
        own = .onTop(ofTop, count: keys.count)
    }

    /// - Parameters:
    ///   - isFolded: whether time that a C function takes is charged to the Python frame that called it.
    ///   - key: of a location; `nil` where it is at no place.
    fileprivate init(_ profile: Profile, isFolded: Bool, _ key: (Location, Function) -> Key?) {
        var numbering = Numbering<Key>()
        let ofLocation = profile.locations.map { numbering.number(key($0, profile.functions[$0.function.index])) }
        keys = numbering.keys
        ofTop = profile.stacks.locations.map { $0.index < 0 ? -1 : ofLocation[$0.index] }
        own =
            isFolded
            ? .folded(profile.stacks, nodes: profile.nearestPythonStacks, ofLocation, count: keys.count)
            : .onTop(ofTop, count: keys.count)
    }

    /// Every place on a stack, each once however often it recurs.
    func total(_ stacks: StackTable) -> Charge { .anywhere(stacks, ofTop, count: keys.count) }
}

/// Gives equal keys one small number, in the order in which they are met.
private struct Numbering<Key: Hashable> {
    private(set) var keys: [Key] = []
    private var known: [Key: Int32] = [:]

    /// −1 of nothing.
    mutating func number(_ key: Key?) -> Int32 {
        guard let key else { return -1 }
        if let number = known[key] { return number }
        let number = Int32(keys.count)
        known[key] = number
        keys.append(key)
        return number
    }
}

extension Places where Key == Function {
    /// Python and C functions, each with its own time.
    init(functionsOf profile: Profile) {
        self.init(profile, isFolded: false) { $1 }
    }
}

extension Places where Key == FunctionKey {
    /// Python functions at common resolution, each with the time of the C functions that it calls.
    init(pythonFunctionsOf profile: Profile, _ names: PlaceNames = .own) {
        self.init(profile, isFolded: true) { names.key(of: $1) }
    }
}

extension Places {
    /// The same by another name of theirs; equal names are one place.
    init(pythonFunctionsOf profile: Profile, named name: (_ function: Function, _ file: String) -> Key) {
        self.init(profile, isFolded: true) { _, function in function.file.map { name(function, $0) } }
    }
}

extension Places where Key == SourceLine {
    /// The lines that the design sees. C code has none, so its time is that of the line that called it.
    init(linesOf profile: Profile, _ names: PlaceNames = .own) {
        self.init(profile, isFolded: true) { location, function in
            guard let file = function.file, location.line > 0 else { return nil }
            return names.name(of: SourceLine(file: file, line: location.line))
        }
    }
}
