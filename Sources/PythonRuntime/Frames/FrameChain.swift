import Capture

extension FrameWalk {
    /// From 3.13 on a thread's frames are one chain. Where C entered Python, a frame on the C stack stands between;
    /// the last is one of these, before the end that the thread itself tells, or before none: a program may have begun
    /// a chain of its own (greenlets).
    @_noLocks
    func walkChain(
        from first: UInt, threadState: UInt, _ reader: inout FrameReader, into notes: UnsafeMutablePointer<FrameNote>
    ) -> Int {
        guard let end = end(threadState, reader) else { return Self.unverified }
        var depth = 0
        var at = first
        var isFromC = true
        var steps = 0
        while at != end, at != 0, depth < StackRoom.largestDepth {
            if steps > 0 {
                let before = depth
                _ = reader.follow(&at, noting: notes, &depth)
                if depth > before { isFromC = false; continue }
            }
            guard steps < Self.mostSteps, let head = reader.head(at) else { return Self.unverified }
            if !head.isOfC {
                note(head, holdsCode: steps > 0 || head.isExecuting, at: notes + depth)
                depth &+= 1
            }
            isFromC = head.isOfC
            at = head.previous
            steps &+= 1
        }
        return isFromC || depth == StackRoom.largestDepth ? depth : Self.unverified
    }

    @_noLocks @inline(__always)
    private func end(_ threadState: UInt, _ reader: FrameReader) -> UInt? {
        guard let base = layout.threadBaseFrame else { return 0 }
        return reader.word(threadState, base)
    }
}
