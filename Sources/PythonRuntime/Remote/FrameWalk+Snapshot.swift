import Capture

extension FrameWalk {
    /// The same, reading what a snapshot holds from there.
    func reading(_ snapshot: MemorySnapshot) -> FrameWalk {
        FrameWalk(
            layout: layout, memory: GuardedMemory(of: memory.process, snapshot: snapshot), codeType: codeType,
            named: named)
    }

    /// The frame at an address, and whether it executes itself: it then has no height of its stack put down, be that a number
    /// (up to 3.13) or a pointer, which stands behind its instruction.
    func head(_ address: UInt) -> (head: FrameHead, executes: Bool)? {
        var copy = (Words8(), Words8())
        return withUnsafeMutableBytes(of: &copy) { bytes -> (head: FrameHead, executes: Bool)? in
            guard let base = bytes.baseAddress, memory.copy(from: address, to: base, size: layout.frameSize) else {
                return nil
            }
            let head = FrameHead(at: UInt(bitPattern: base), layout)
            let height = load(UInt(bitPattern: base) &+ UInt(layout.frameInstruction &+ 8))
            return (head, layout.frameStackTop == nil ? height == 0 : head.isExecuting)
        }
    }

    /// Whether the frame that runs has called a function whose frame lies behind it, be it linked or gone by now.
    func hasCalled(_ reader: FrameReader, _ codes: ProvenCodes) -> Bool {
        guard let running = reader.running, let (head, executes) = head(running.address), !head.isOfC, !executes,
            let place = placeOfCallee(reader, codes), let (callee, _) = self.head(place),
            callee.owner == FrameHead.ownedByThread, callee.previous == running.address, callee.code != 0,
            let proof = proof(of: callee.code, isHeld: false, codes)?.pointee
        else { return false }
        return !proof.isResumable && !proof.isHidden
    }
}
