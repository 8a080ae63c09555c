import ProfileModel

/// A profile brought to what profiles of different designs can be compared at.
///
/// The self time of C functions is folded into the Python function, and its line, that called them.
/// Time with no Python function on its stack is in no place, but stays in `whole`.
public struct CommonResolution: Sendable, Equatable {
    /// Self time by Python function, in nanoseconds.
    public var functions: [FunctionKey: Double]
    /// Self time by line, in nanoseconds; empty where the design tells no lines.
    public var lines: [SourceLine: Double]
    /// The thread-time, in nanoseconds: what shares are parts of.
    public var whole: Double

    public init(_ profile: Profile) {
        self.init(profile, StackTime(profile), Places(linesOf: profile))
    }

    init(_ profile: Profile, _ time: StackTime, _ lines: Places<SourceLine>, _ names: PlaceNames = .own) {
        whole = time.whole
        functions = Self.times(Places(pythonFunctionsOf: profile, names), time)
        self.lines = Self.times(lines, time)
    }

    private static func times<Key>(_ places: Places<Key>, _ time: StackTime) -> [Key: Double] {
        let times = zip(places.keys, places.own.sums(ofStackValues: time.own))
        return Dictionary(uniqueKeysWithValues: times.filter { $1 > 0 })
    }
}

extension Profile {
    /// By stack: the nearest stack below, or itself, whose top is in a Python function; 0 where there is none.
    var nearestPythonStacks: [Int32] {
        let isC = locations.map { functions[$0.function.index].isC }
        var nearest: [Int32] = [0]
        nearest.reserveCapacity(stacks.count)
        for stack in stacks.parents.indices.dropFirst() {
            nearest.append(isC[stacks.locations[stack].index] ? nearest[Int(stacks.parents[stack])] : Int32(stack))
        }
        return nearest
    }

    /// By stack: the location nearest to the leaf that is in a Python function, if there is one.
    var nearestPythonLocations: [LocationID?] {
        nearestPythonStacks.map { $0 == 0 ? nil : stacks.locations[Int($0)] }
    }
}
