import ProfileModel

/// What a reader sees that does not stop the program: it reads the frames of a stack one after the other, from the top down,
/// and each shows what is in its place by then.
///
/// A place that is free again still shows the frame that stood there last.
struct TornReads: Sendable {
    private let stacks: StackTable
    private let depths: [Int32]
    /// How long one stack takes, in nanoseconds.
    private let length: Double
    /// By location, a stack that has it on its top: what a stack that cannot be is charged to.
    private let stackOfTop: [Int32]

    init(_ stacks: StackTable, seconds: Double) {
        self.stacks = stacks
        length = seconds * 1e9
        depths = stacks.depths.map { Int32(clamping: $0) }
        var stackOfTop = [Int32](repeating: 0, count: (stacks.locations.map(\.index).max() ?? 0) + 1)
        for stack in (0..<stacks.count).reversed() where stack > 0 {
            stackOfTop[stacks.locations[stack].index] = Int32(stack)
        }
        self.stackOfTop = stackOfTop
    }

    /// - Returns: the stack, or where there is none such in the timeline another with the same top.
    func read(_ thread: IndexedThread, at instant: Int64) -> (stack: Int, isPossible: Bool) {
        guard let first = thread.stretch(at: instant) else { return (0, true) }
        let depth = Int(depths[Int(thread.thread.stacks[first])])
        guard depth > 0 else { return (0, true) }
        var frames = [LocationID](repeating: LocationID(0), count: depth)
        for level in (1...depth).reversed() {
            let read = Double(depth - level + 1) / Double(depth) * length
            let at = min(instant + Int64(read), thread.thread.end - 1)
            frames[level - 1] = frame(level, of: thread, from: first, at: at)
        }
        var stack = StackID.empty
        for frame in frames {
            guard let next = stacks.child(of: stack, location: frame) else {
                return (Int(stackOfTop[frames[depth - 1].index]), false)
            }
            stack = next
        }
        return (stack.index, true)
    }

    /// The frame in the place of a level: the one that stands there at an instant, or stood there last.
    private func frame(_ level: Int, of thread: IndexedThread, from first: Int, at instant: Int64) -> LocationID {
        var stretch = thread.stretch(at: instant) ?? first
        while stretch > first, depths[Int(thread.thread.stacks[stretch])] < level { stretch -= 1 }
        var stack = StackID(Int(thread.thread.stacks[stretch]))
        while depths[stack.index] > level { stack = stacks.parent(of: stack) }
        return stacks.leaf(of: stack) ?? LocationID(0)
    }
}
