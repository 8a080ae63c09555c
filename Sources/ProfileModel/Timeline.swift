/// What a program did at every instant of one run: on each thread one stack after another.
public struct Timeline: Sendable, Equatable {
    /// What is known of the run, with the functions, locations and stacks that the threads refer to. It has no samples.
    public var run: Profile
    /// In the order of `run.threads`.
    public var threads: [Thread]

    /// One thread from its first event to its last: stretch k has one stack from `begins[k]` to the next stretch.
    public struct Thread: Sendable, Equatable {
        /// Where each stretch begins, in nanoseconds since the run began; ascending.
        public var begins: [Int64] = []
        /// The stack of each, an index in `run.stacks`.
        public var stacks: [Int32] = []
        /// Where the last one ends.
        public var end: Int64 = 0

        public init() {}

        public var count: Int { begins.count }

        /// In nanoseconds.
        public var life: Int64 { begins.first.map { end - $0 } ?? 0 }

        public func end(of stretch: Int) -> Int64 { stretch + 1 < begins.count ? begins[stretch + 1] : end }

        public mutating func append(_ stack: Int32, from begin: Int64, to end: Int64) {
            begins.append(begin)
            stacks.append(stack)
            self.end = end
        }
    }

    public init(run: Profile, threads: [Thread] = []) {
        self.run = run
        self.threads = threads
    }

    /// How many stretches there are in all.
    public var count: Int { threads.reduce(0) { $0 + $1.count } }

    /// From the first event of any thread to the last, in nanoseconds since the run began.
    public var span: Range<Int64> {
        let lived = threads.filter { $0.count > 0 }
        guard let begin = lived.map({ $0.begins[0] }).min(), let end = lived.map(\.end).max() else { return 0..<0 }
        return begin..<max(begin, end)
    }

    /// By stack of the run's table: how long it stood on any thread, in nanoseconds.
    public var stackTimes: [Double] {
        var times = [Double](repeating: 0, count: run.stacks.count)
        for thread in threads {
            for stretch in thread.begins.indices {
                times[Int(thread.stacks[stretch])] += Double(thread.end(of: stretch) - thread.begins[stretch])
            }
        }
        return times
    }
}
