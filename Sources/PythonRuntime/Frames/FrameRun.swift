import Capture

/// Deep stacks are mostly frames of plain calls, each in the same chunk of the data stack as its caller.
///
/// A look is paid for by the program, frame by frame, so these are read in a loop of their own, which does no more for
/// each than its proof needs: that it lies in the chunk and below the last, and that it belongs to the thread.
extension FrameReader {
    /// Notes the frames from `at` on that lie in the chunk that was read last, and moves `at` to the
    /// first that does not. None of them may be the one that runs, which need not hold its code.
    ///
    /// - Returns: whether the last of them is the first that C entered; `at` then is where that leads.
    @_noLocks
    mutating func follow(_ at: inout UInt, noting notes: UnsafeMutablePointer<FrameNote>, _ depth: inout Int) -> Bool {
        guard let displaced = chunks.displacement() else { return false }
        let (toCode, toPrevious) = (displaced &+ UInt(layout.frameCode), displaced &+ UInt(layout.framePrevious))
        let (toInstruction, toOwner) = (
            displaced &+ UInt(layout.frameInstruction), displaced &+ UInt(layout.frameOwner)
        )
        let size = UInt(layout.frameSize)
        let toEntry = layout.cframes?.isEntry.map { displaced &+ UInt($0) } ?? 0
        let start = chunks.start
        var end = chunks.end
        var frame = at
        var count = depth
        var isEntry = false
        while !isEntry, frame >= start, frame < end, end &- frame >= size, frame & 7 == 0,
            byte(frame &+ toOwner) == FrameHead.ownedByThread
        {
            if count < StackRoom.largestDepth {
                notes[count] = FrameNote(
                    code: load(frame &+ toCode) & ~7, instruction: load(frame &+ toInstruction), holdsCode: true)
                count &+= 1
            }
            isEntry = toEntry != 0 && byte(frame &+ toEntry) != 0
            end = frame
            frame = load(frame &+ toPrevious)
        }
        if end != chunks.end { haveRead(from: at, downTo: end) }
        at = frame
        depth = count
        return isEntry
    }
}
