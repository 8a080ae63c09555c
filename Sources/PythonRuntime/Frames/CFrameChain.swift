import Capture

extension FrameWalk {
    /// Up to 3.12 each entry from C has a `_PyCFrame`, which is linked before its `current_frame` is set: it then
    /// holds whatever the C stack held. And in 3.11 a frame that becomes a generator's stays linked for a moment after it
    /// was popped. So the chain is taken in segments, one for each entry, and a segment is believed only where its last
    /// frame leads to the frame that the segment below calls its own. The newest may be half made; it is then left out,
    /// for its caller is what runs.
    @_noLocks
    func walkCFrames(
        _ layout: FrameLayout.CFrames, from first: UInt, threadState: UInt, _ reader: inout FrameReader,
        into notes: UnsafeMutablePointer<FrameNote>
    ) -> Int {
        var cframe = first
        var depth = 0
        var isNewest = true
        // The newest `_PyCFrame` is one, even half made; those below may be read directly where they are on the C
        // stack, or when a segment that leads to them has been believed.
        var isBelieved = false
        var isTrusted = true
        while let below = reader.word(cframe, layout.previous, isTrusted: isTrusted) {
            // The last `_PyCFrame` is the thread's own and has no frame.
            if below == 0 || depth == StackRoom.largestDepth {
                // With the only segment left out, nothing would be told of a thread that does run Python.
                return isBelieved || isNewest ? depth : Self.unverified
            }
            // The newest may not even know the one below yet: that is the thread's own, or stands higher
            // on the C stack.
            let isRoot = below == threadState &+ UInt(layout.threadRoot)
            let isBelowTrusted = isBelieved || isRoot || reader.stack.holds(below, size: layout.previous &+ 8)
            guard isRoot || (below > cframe && below & 7 == 0),
                let first = reader.word(cframe, layout.frame, isTrusted: isTrusted),
                let expected = reader.word(below, layout.frame, isTrusted: isBelowTrusted)
            else { return Self.unverified }
            var cursor = reader
            let walked = walkSegment(first, expecting: expected, isNewest, &cursor, into: notes, from: depth)
            if walked >= 0 {
                depth = walked
                reader = cursor
                isBelieved = true
            } else if !isNewest {
                return Self.unverified
            }
            isNewest = false
            isTrusted = isBelieved || isBelowTrusted
            cframe = below
        }
        return Self.unverified
    }

    /// Walks from `first` to the frame through which C entered; the new depth, or -1 where the chain breaks.
    @_noLocks
    private func walkSegment(
        _ first: UInt, expecting below: UInt, _ isNewest: Bool, _ reader: inout FrameReader,
        into notes: UnsafeMutablePointer<FrameNote>, from start: Int
    ) -> Int {
        // A chain that the program began itself (greenlets).
        if first == 0, below == 0 { return start }
        var depth = start
        var at = first
        var steps = 0
        while at != 0, steps < Self.mostSteps {
            // So far down, frames in the thread's own chunks have long been run, and to reach the last would cost the
            // program more than it does itself.
            if depth == StackRoom.largestDepth, steps > Self.mostStepsOfProof { return depth }
            let isRunning = isNewest && steps == 0
            if !isRunning, reader.follow(&at, noting: notes, &depth) { return at == below ? depth : -1 }
            guard let head = reader.head(at) else { return -1 }
            let isPopped = isNewest && at == reader.chunks.top
            if !isPopped, !head.isOfC, depth < StackRoom.largestDepth {
                note(head, holdsCode: !isRunning || head.isExecuting, at: notes + depth)
                depth &+= 1
            }
            if head.isEntry || head.isOfC { return head.previous == below ? depth : -1 }
            at = head.previous
            steps &+= 1
        }
        return -1
    }
}
