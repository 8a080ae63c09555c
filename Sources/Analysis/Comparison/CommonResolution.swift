import ProfileModel

/// A Python function as two profiles can agree on it: file, first line and bare name.
public struct FunctionKey: Hashable, Sendable, Comparable {
    public var file: String
    public var line: Int
    public var name: String

    public init(file: String, line: Int, name: String) {
        self.file = file
        self.line = line
        self.name = name
    }

    /// `nil` for a C function.
    init?(_ function: Function) {
        guard let file = function.file else { return nil }
        self.init(file: file, line: function.line, name: function.name)
    }

    public static func < (a: Self, b: Self) -> Bool {
        (a.file, a.line, a.name) < (b.file, b.line, b.name)
    }
}

/// A line of source.
public struct LineKey: Hashable, Sendable, Comparable {
    public var file: String
    public var line: Int

    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    public static func < (a: Self, b: Self) -> Bool { (a.file, a.line) < (b.file, b.line) }
}

/// A profile brought to what profiles of different designs can be compared at.
///
/// The self time of C functions is folded into the Python function, and its line, that called them.
/// Time with no Python function on its stack is in no place, but stays in `whole`.
public struct CommonResolution: Sendable, Equatable {
    /// Self time by Python function, in nanoseconds.
    public var functions: [FunctionKey: Double] = [:]
    /// Self time by line, in nanoseconds; empty where the design tells no lines.
    public var lines: [LineKey: Double] = [:]
    /// The thread-time, in nanoseconds: what shares are parts of.
    public var whole: Double

    public init(_ profile: Profile) {
        self.init(profile, TimeByStack(profile))
    }

    init(_ profile: Profile, _ time: TimeByStack) {
        whole = time.whole
        var byLocation = Array(repeating: 0.0, count: profile.locations.count)
        for (stack, place) in profile.nearestPythonLocations.enumerated() {
            if let place { byLocation[place.index] += time.own[stack] }
        }
        for (index, nanoseconds) in byLocation.enumerated() where nanoseconds > 0 {
            add(nanoseconds, at: profile.locations[index], in: profile)
        }
    }

    private mutating func add(_ nanoseconds: Double, at location: Location, in profile: Profile) {
        guard let key = FunctionKey(profile.functions[location.function.index]) else { return }
        functions[key, default: 0] += nanoseconds
        guard location.line > 0 else { return }
        lines[LineKey(file: key.file, line: location.line), default: 0] += nanoseconds
    }
}

extension Profile {
    /// By stack: the location nearest to the leaf that is in a Python function, if there is one.
    var nearestPythonLocations: [LocationID?] {
        let isC = locations.map { functions[$0.function.index].isC }
        var nearest: [LocationID?] = [nil]
        nearest.reserveCapacity(stacks.count)
        for stack in stacks.parents.indices.dropFirst() {
            let location = stacks.locations[stack]
            nearest.append(isC[location.index] ? nearest[Int(stacks.parents[stack])] : location)
        }
        return nearest
    }
}
