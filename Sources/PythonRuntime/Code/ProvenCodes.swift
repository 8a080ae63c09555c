import Capture

/// The code objects that one look has proven already: functions that call each other in turn are many frames, and few
/// code objects.
///
/// What was proven holds as long as the look lasts: a thread that looks at itself frees nothing meanwhile, and a look at
/// another is believed only where that one stood still.
struct ProvenCodes {
    /// A power of two. Code objects that share a place are proven again.
    private static let count = StackRoom.proofsSize / 64

    private let proofs: UnsafeMutablePointer<CodeProof>

    @_noLocks
    init(in room: StackRoom) {
        proofs = room.proofs.assumingMemoryBound(to: CodeProof.self)
        var at = 0
        while at < Self.count {
            proofs[at].identity.address = 0
            at &+= 1
        }
    }

    /// The place of a code object's proof; it may hold another's. Code objects are large, so the low bits of their
    /// addresses tell little.
    @_noLocks @inline(__always)
    func place(of code: UInt) -> UnsafeMutablePointer<CodeProof> {
        proofs + Int(bitPattern: (code >> 5 ^ code >> 11) & UInt(Self.count &- 1))
    }
}
