import ProfileModel

/// A profile's stacks laid out as spans of time, thread by thread: each follows what came before it on its thread.
///
/// A sampler's samples come in their order, and neighbours share the spans that they have in common. A tracer's nodes, and sums
/// of which no order is known, come depth first, each once a thread: its own time, then its callees.
struct SpanLayout {
    struct Span {
        var stack: StackID
        /// Nanoseconds since the thread's first span began.
        var start: Int64
        var end: Int64
        /// The samples' counts: of a tracer, calls.
        var count: Int64
    }

    /// In the order of the profile's threads, of each by their beginnings, callers first.
    let threads: [[Span]]

    init(_ profile: Profile) {
        let depths = profile.stacks.depths
        var samples = [[Sample]](repeating: [], count: max(1, profile.threads.count))
        for sample in profile.samples {
            samples[samples.indices.contains(sample.thread) ? sample.thread : 0].append(sample)
        }
        let order = profile.kind == .tracing || profile.inclusive != nil ? Self.order(profile.stacks) : []
        threads = samples.map { samples in
            var line = ThreadLine(table: profile.stacks, depths: depths)
            for sample in order.isEmpty
                ? samples : samples.sorted(by: { order[$0.stack.index] < order[$1.stack.index] })
            { line.add(sample) }
            return line.finished
        }
    }

    /// By node: its place, depth first, callees in the order of the table.
    private static func order(_ table: StackTable) -> [Int] {
        var order = [Int](repeating: 0, count: table.count)
        var (walk, next) = (TreeWalk(table.parents), 0)
        while let step = walk.next() {
            guard case .enter(let node) = step else { continue }
            order[node] = next
            next += 1
        }
        return order
    }

    private struct ThreadLine {
        let table: StackTable
        let depths: [Int]
        private var now: Int64 = 0
        private var spans: [Span] = []
        /// The indices of those that have not ended.
        private var open: [Int] = []

        init(table: StackTable, depths: [Int]) { (self.table, self.depths) = (table, depths) }

        var finished: [Span] {
            var line = self
            line.close(to: 0)
            return line.spans
        }

        mutating func add(_ sample: Sample) {
            // A deep stack costs what it does not share with the one before.
            close(to: min(open.count, depths[sample.stack.index]))
            var new: [StackID] = []
            var at = sample.stack
            while depths[at.index] > open.count {
                new.append(at)
                at = table.parent(of: at)
            }
            while let top = open.last, spans[top].stack != at {
                close(to: open.count - 1)
                new.append(at)
                at = table.parent(of: at)
            }
            for node in new.reversed() {
                open.append(spans.count)
                spans.append(Span(stack: node, start: now, end: now, count: 0))
            }
            if let top = open.last { spans[top].count += sample.count }
            now += max(0, sample.nanoseconds)
        }

        private mutating func close(to depth: Int) {
            while open.count > depth { spans[open.removeLast()].end = now }
        }
    }
}
