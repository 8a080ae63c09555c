import ProfileModel

/// All stacks of one design's runs as one tree, by column: what a page draws a flame graph of.
///
/// Beside the functions of the stacks it has what samples know and stacks do not: the C function that was called, and
/// whether the thread waited; and whose the time is, by thread and by task.
public struct FlameTable: Sendable, Equatable {
    /// Whose time it is.
    public struct Owner: Hashable, Sendable {
        /// Index in `threads`; −1 of none, and where runs were merged.
        public var thread: Int
        /// `nil` where no task ran, or none is known.
        public var task: String?

        public init(thread: Int = -1, task: String? = nil) { (self.thread, self.task) = (thread, task) }
    }

    public struct Thread: Sendable, Equatable {
        public var name: String
        /// The name of its process; only where children were followed.
        public var process: String?

        public init(name: String, process: String? = nil) { (self.name, self.process) = (name, process) }
    }

    public private(set) var frames: [FlameFrame]
    /// By node: that of the caller, which comes first, and its frame. Node 0 is the root, whose frame is −1.
    public private(set) var parents: [Int]
    public private(set) var frameOfNode: [Int]
    /// By owner and node, the nanoseconds with the node on top.
    public private(set) var own: [Owner: [Int: Double]] = [:]
    public private(set) var threads: [Thread] = []
    /// What shares are parts of, in nanoseconds.
    public private(set) var whole = 0.0
    /// Whether it is any time, and not numbers without a unit.
    public private(set) var secondsAreKnown = true

    public init(
        frames: [FlameFrame], parents: [Int], frameOfNode: [Int], own: [Owner: [Int: Double]], threads: [Thread] = [],
        whole: Double
    ) {
        (self.frames, self.parents, self.frameOfNode) = (frames, parents, frameOfNode)
        (self.own, self.threads, self.whole) = (own, threads, whole)
    }
}

extension FlameTable {
    /// Of one run, with its threads and tasks.
    ///
    /// - Parameter within: the bare or qualified name of the function that stacks begin at, and whose time shares are parts of.
    public init(of profile: Profile, within: String? = nil) {
        self.init(of: [profile], within: within) { FlameTable.Owner(thread: $0.thread, task: $0.task?.name) }
        threads = profile.threads.map { thread in
            let process = profile.processes.count > 1 ? profile.processes[thread.process] : nil
            return Thread(name: thread.name, process: process.map { "\($0.name) (\($0.id))" })
        }
    }

    /// Of all runs of one design together.
    public init(of profiles: [Profile]) {
        self.init(of: profiles, within: nil) { _ in FlameTable.Owner() }
    }

    private init(of profiles: [Profile], within: String?, owner: (Sample) -> Owner) {
        var tree = FlameTree()
        var own: [Owner: [Int: Double]] = [:]
        var whole = 0.0
        for profile in profiles {
            let (time, code) = (StackTime(profile), OwnCode(profile))
            let nodes = tree.nodes(ofStacks: profile, within: within) { FlameFrame($0, code.kind(of: $0)) }
            var inScope = 0.0
            for sample in profile.samples {
                guard let base = nodes[sample.stack.index] else { continue }
                let nanoseconds = time.nanoseconds(of: sample)
                let node = sample.leaf.map { tree.node(of: $0, onto: base) } ?? base
                own[owner(sample), default: [:]][node, default: 0] += nanoseconds
                inScope += nanoseconds
            }
            whole += within == nil ? time.whole : inScope
        }
        self.init(
            frames: tree.frames, parents: tree.nodes.map(\.parent), frameOfNode: tree.nodes.map(\.frame), own: own,
            whole: whole)
        secondsAreKnown = profiles.allSatisfy(\.secondsAreKnown)
    }
}

extension Sample {
    /// What stands above its stack: the C function that was called, or that the thread waited.
    fileprivate var leaf: FlameFrame? {
        guard let called else { return isWaiting ? .waiting : nil }
        return FlameFrame(Function(ofC: called), isWaiting || called == Function.lockWait ? .waiting : .c)
    }
}
