import CPython
import Capture

/// What frame objects say, by the interpreter's own functions. Called with the GIL.
extension FrameWalk {
    /// A frame and its callers, innermost first.
    ///
    /// - Parameter frame: a reference that is given back here.
    func frames(from frame: OpaquePointer) -> [SampledFrame] {
        var frames: [SampledFrame] = []
        var at: OpaquePointer? = frame
        while let current = at {
            if frames.count < StackRoom.largestDepth, let sampled = sampledFrame(current) { frames.append(sampled) }
            at = PyFrame_GetBack(current)
            Py_DecRef(UnsafeMutablePointer(current))
        }
        return frames
    }

    private func sampledFrame(_ frame: OpaquePointer) -> SampledFrame? {
        guard let code = PyFrame_GetCode(frame) else { return nil }
        defer { Py_DecRef(UnsafeMutablePointer(code)) }
        return sampledFrame(ofCode: UInt(bitPattern: code), byteOffset: Int(PyFrame_GetLasti(frame)))
    }

    /// - Parameter byteOffset: of the instruction that it is at; negative before the first.
    func sampledFrame(ofCode code: UInt, byteOffset: Int) -> SampledFrame {
        SampledFrame(
            code: proof(ofHeld: code).identity, instruction: byteOffset < 0 ? -1 : Int32(clamping: byteOffset / 2))
    }
}
