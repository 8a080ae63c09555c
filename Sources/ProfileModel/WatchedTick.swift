/// What a sampler saw at one tick of a run that goes on.
public struct WatchedTick: Sendable, Equatable {
    /// A stack that counts, and the index of its thread in `Profile.threads`.
    public struct Seen: Sendable, Equatable {
        public var stack: StackID
        public var thread: Int

        public init(stack: StackID, thread: Int) { (self.stack, self.thread) = (stack, thread) }
    }

    public var seen: [Seen]
    /// Threads whose stacks were not seen.
    public var lost: Int
    /// Threads that began or ended since the tick before.
    public var edges: Int

    public init(seen: [Seen], lost: Int = 0, edges: Int = 0) {
        (self.seen, self.lost, self.edges) = (seen, lost, edges)
    }
}
