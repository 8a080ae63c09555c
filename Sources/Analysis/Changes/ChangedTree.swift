import ProfileModel

/// The call trees of two versions, or two designs, as one, and what each of its nodes differs by, with all that it calls.
public struct ChangedTree: Sendable, Equatable {
    /// What its times are.
    public enum Unit: Sendable, Equatable {
        case seconds
        /// Parts of the thread-time.
        case shares
    }

    public struct Node: Sendable, Equatable {
        /// Comes first; node 0 is the root.
        public var parent: Int
        /// −1 of the root.
        public var frame: Int
        /// With all that it calls.
        public var time: TimeChange
        /// More, less, or within chance: by tests that are adjusted for their number.
        public var verdict: PlaceChange.Verdict

        public init(parent: Int, frame: Int, time: TimeChange, verdict: PlaceChange.Verdict) {
            (self.parent, self.frame, self.time, self.verdict) = (parent, frame, time, verdict)
        }
    }

    /// What is compared: the versions or designs by name.
    public var names: [String]
    public var unit: Unit
    /// Files are named as both have them.
    public var frames: [FlameFrame]
    public var nodes: [Node]

    public init(names: [String], unit: Unit, frames: [FlameFrame], nodes: [Node]) {
        (self.names, self.unit, self.frames, self.nodes) = (names, unit, frames, nodes)
    }

    /// Whether anything in it differs by more than chance.
    public var isChanged: Bool { nodes.contains { [.more, .less].contains($0.verdict) } }
}

/// One tree of all runs of both, whose nodes are places like any other.
struct ComparedTree {
    private var tree = FlameTree()

    /// Nodes of a smaller part of the time would not be seen, and are not tested: the fewer tests, the more they show.
    private static let leastPart = 0.005

    /// A run's nodes; not the root, which has all time there is. Imports are one node of each caller.
    ///
    /// - Parameter frame: of a function; `nil` where its time is its caller's.
    mutating func places(of profile: Profile, _ frame: (Function) -> FlameFrame?) -> Places<Int> {
        let nodes = tree.nodes(ofStacks: profile, foldsImports: true) { $0.isImporting ? .imports : frame($0) }
        return Places(ofStacks: nodes.map { $0 == 0 ? nil : $0 })
    }

    /// The total times of a run's nodes.
    ///
    /// - Parameter nanoseconds: what one of the unit is.
    static func times(
        _ profile: Profile, _ places: Places<Int>, whole: Double, nanoseconds: Double,
        errors: SamplingErrors<Int>? = nil
    ) -> VersionTimes<Int>.Run {
        let sums = places.total(profile.stacks).sums(ofStackValues: StackTime(profile).own)
        var times = Dictionary(uniqueKeysWithValues: zip(places.keys, sums.map { $0 / nanoseconds }))
        times[0] = whole
        return VersionTimes.Run(whole: whole, times: times, errors: errors)
    }

    /// The nodes with enough time to matter; a node has no less than what it calls, so that no caller is missing.
    func changed(_ times: VersionTimes<Int>, names: [String], unit: ChangedTree.Unit) -> ChangedTree {
        let changes = PlaceChanges(times, leastPart: Self.leastPart)
        let kept = changes.places.filter { $0 > 0 }
        let place = Dictionary(uniqueKeysWithValues: zip([0] + kept, 0...))
        let nodes = ([0] + kept).map { node in
            ChangedTree.Node(
                parent: place[tree.nodes[node].parent] ?? 0, frame: tree.nodes[node].frame,
                time: TimeChange(before: times.before(node), after: times.after(node), changes.changes[node]),
                verdict: changes.verdict(of: node))
        }
        return ChangedTree(names: names, unit: unit, frames: tree.frames, nodes: nodes)
    }
}
