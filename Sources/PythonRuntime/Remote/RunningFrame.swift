import Capture

/// Which frame of a thread ran at the very moment at which its data stack was copied.
///
/// What the thread's state calls its frame was read a moment before, in which a program calls and returns a dozen times. But
/// the copy itself is of one moment, and in it the frame that runs can be told: a frame that has called a Python function
/// without C between has put down the height of its stack, and one that executes has not. So from the frame that was linked a
/// moment before
/// - the oldest caller that executes is what runs, for all above it have returned;
/// - where none does, and the frame does not either, what runs is in the frame that lies behind it, which it called meanwhile.
///
/// From 3.14 on a height is put down for C functions, too; so a frame runs that has put one down and has no callee behind it:
/// a frame that is popped loses its code there.
extension FrameWalk {
    /// The address of that frame; `nil` where the copy does not tell.
    ///
    /// - Parameter linked: the frame that was linked a moment before.
    func runningFrame(from linked: UInt, in snapshot: MemorySnapshot, _ codes: ProvenCodes) -> UInt? {
        if let caller = oldestExecuting(beneath: linked, in: snapshot) { return caller }
        var at = linked
        for _ in 0..<Self.mostCalls {
            guard let (head, executes) = head(at, in: snapshot), !head.isOfC else { return nil }
            if executes { return at }
            guard let callee = callee(of: at, head, in: snapshot, codes) else {
                // Up to 3.13, with no callee ever behind it, the frame is about to call or has just been returned to.
                return isOfOldHeights && at != linked ? nil : at
            }
            at = callee
        }
        return nil
    }

    /// The first address behind a frame in the data stack.
    func end(of frame: UInt, in snapshot: MemorySnapshot, _ codes: ProvenCodes) -> UInt? {
        guard let (head, _) = head(frame, in: snapshot) else { return nil }
        return proof(of: head.code, isHeld: false, codes).map { frame &+ $0.pointee.frameSize }
    }

    /// More calls than this are not made in a microsecond.
    private static let mostCalls = 64

    /// Whether heights are put down for calls of Python functions only: up to 3.13.
    private var isOfOldHeights: Bool { layout.frameStackTop != nil }

    private func oldestExecuting(beneath newest: UInt, in snapshot: MemorySnapshot) -> UInt? {
        var found: UInt?
        var at = newest
        for _ in 0..<StackRoom.largestDepth {
            guard let (head, _) = head(at, in: snapshot), !head.isEntry,
                let (caller, executes) = self.head(head.previous, in: snapshot), !caller.isOfC
            else { break }
            at = head.previous
            if executes { found = at }
        }
        return found
    }

    private func callee(
        of frame: UInt, _ head: FrameHead, in snapshot: MemorySnapshot, _ codes: ProvenCodes
    ) -> UInt? {
        guard let end = end(of: frame, in: snapshot, codes), let (callee, _) = self.head(end, in: snapshot),
            callee.owner == FrameHead.ownedByThread, callee.previous == frame, callee.code != 0,
            let proof = proof(of: callee.code, isHeld: false, codes)?.pointee, !proof.isResumable
        else { return nil }
        return end
    }

    /// A frame of the data stack, and whether it executes itself, where the snapshot holds it.
    private func head(_ address: UInt, in snapshot: MemorySnapshot) -> (head: FrameHead, executes: Bool)? {
        guard snapshot.holds(address, size: layout.frameSize) else { return nil }
        return head(address)
    }
}
