import Capture

/// A function that returns frees its locals, and that can take long: it is the function's own time.
///
/// CPython unlinks a frame before it clears it, so the chain of frames begins with the caller by then. But until all is
/// freed the frame lies at the top of the data stack, just behind the newest frame that is linked. Two other frames can
/// lie there: one that a call has made and not linked yet, which has not begun; and what an earlier call left in the
/// place where a frame is being made. The first is known by its instruction, the second by these:
/// - Up to 3.13 a caller puts down the height of its stack after the frame is made and before it is linked, and wipes
///   it out when it goes on. So with a height put down, and no callee linked, the callee returns.
/// - From 3.12 on a frame that C entered has one of C's before it, on the C stack, which is linked alone only while the
///   other is being cleared.
/// - From 3.14 on a frame loses its code as it is popped, so what an earlier call left has none, but for
///   generators' calls, whose frames are moved away before they free anything.
///
/// Where nobody can tell, the time is the caller's: that of a function that C called (a sort key, `__init__`) in 3.11,
/// whose caller puts down no height; and that of a generator or a coroutine, whose frame lies on the heap. The locals of a
/// function that an exception leaves are freed with the exception's traceback, be that where it may.
///
/// (`RETURN_VALUE`, `DISPATCH_INLINED`, `_PUSH_FRAME` and `clear_thread_frame` in Python/ceval.c and Python/bytecodes.c of
/// each version; `_PyFrame_GetStackPointer` in Include/internal/pycore_frame.h.)
extension FrameWalk {
    /// The frame that is being cleared, where there is one.
    ///
    /// - Parameter reader: that has read the chain.
    @_noLocks
    func returning(_ reader: FrameReader, _ codes: ProvenCodes) -> SampledFrame? {
        guard let running = reader.running, running.mayHaveCalled, let place = placeOfCallee(reader, codes),
            place < reader.chunks.top,
            let head = reader.inNewestChunk(place), head.previous == running.address, head.code != 0,
            let proof = proof(of: head.code, isHeld: false, codes)?.pointee,
            place &+ proof.frameSize == reader.chunks.top, !proof.isHidden, !proof.isResumable,
            let frame = frame(proof, at: head.instruction),
            frame.instruction > Int32(layout.notBegun / 2)
        else { return nil }
        return frame
    }

    /// Where the next frame lies: behind the newest that is linked, or first in a chunk of its own.
    @_noLocks @inline(__always)
    func placeOfCallee(_ reader: FrameReader, _ codes: ProvenCodes) -> UInt? {
        guard let head = reader.inNewestChunk(reader.newestOfStack) else { return reader.chunks.firstOfNewest }
        return proof(of: head.code, isHeld: false, codes).map { reader.newestOfStack &+ $0.pointee.frameSize }
    }
}
