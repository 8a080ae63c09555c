import Capture

/// What a walk proves of a code object.
struct CodeProof {
    var identity: SampledFrame.Code
    /// How many instructions it has, with their caches.
    var units: Int
    /// Whether the interpreter itself lets nobody see its frames: such code only leads from one function to another.
    var isHidden: Bool
    /// How many bytes its frames take of the data stack.
    var frameSize: UInt
    /// Whether calling it makes a generator or a coroutine, whose frame then lies elsewhere.
    var isResumable: Bool

    // CO_GENERATOR, CO_COROUTINE and CO_ASYNC_GENERATOR.
    fileprivate static let resumableFlags: UInt = 0x20 | 0x80 | 0x200
}

extension FrameWalk {
    /// What proves which code object stands at an address where one surely does, which the calling thread holds.
    @_noLocks @inline(__always)
    func proof(ofHeld code: UInt) -> CodeProof {
        proof(of: code, head: code, text: load(code &+ UInt(layout.codeQualname)))
    }

    /// Copies what names a code object, as the thread that runs it sees it.
    ///
    /// - Parameter isHeld: whether the calling thread surely holds it; else the kernel reads it.
    @_noLocks
    func copy(_ proof: CodeProof, isHeld: Bool, to copies: CopiedCodes) {
        let code = proof.identity.address
        var sizes = CopiedCodes.Sizes(
            name: text(of: code, layout.codeName, isHeld), qualname: text(of: code, layout.codeQualname, isHeld),
            file: text(of: code, layout.codeFile, isHeld))
        let table = word(code &+ UInt(layout.codeLineTable), isHeld)
        sizes.lineTable = Int32(clamping: word(table &+ UInt(layout.bytesSize), isHeld))
        sizes.instructions = Int32(clamping: proof.units &* 2)
        copies.add(
            proof.identity, sizes, lineTable: table &+ UInt(layout.bytesData),
            instructions: code &+ UInt(layout.codeInstructions),
            by: isHeld ? 0 : memory.process)
    }

    @_noLocks @inline(__always)
    private func word(_ address: UInt, _ isHeld: Bool) -> UInt {
        isHeld ? load(address) : memory.word(at: address) ?? 0
    }

    @_noLocks @inline(__always)
    private func text(of code: UInt, _ field: Int, _ isHeld: Bool) -> CopiedCodes.Text {
        text(at: word(code &+ UInt(field), isHeld), isHeld)
    }

    /// Where a text's code points are.
    @_noLocks @inline(__always)
    func text(at address: UInt, _ isHeld: Bool) -> CopiedCodes.Text {
        let state = word(address &+ UInt(layout.textState), isHeld)
        let width = Int32(truncatingIfNeeded: state >> UInt(layout.textStateKind.shift) & layout.textStateKind.mask)
        let data = address &+ UInt(state & layout.textStateASCII != 0 ? layout.textASCII : layout.textCompact)
        let size = word(address &+ UInt(layout.textLength), isHeld) &* UInt(truncatingIfNeeded: width)
        let isText = state & layout.textStateCompact != 0 && (width == 1 || width == 2 || width == 4)
        return CopiedCodes.Text(address: data, size: isText ? Int32(clamping: size) : 0, width: max(1, width))
    }

    /// What proves which code object stands at an address; `nil` where none does.
    @_noLocks
    func proof(of code: UInt) -> CodeProof? {
        var copy = (Words8(), Words8(), Words8(), Words8())
        var text = Words8()
        return withUnsafeMutableBytes(of: &copy) { head -> CodeProof? in
            guard let head = head.baseAddress, memory.copy(from: code, to: head, size: layout.codeInstructions) else {
                return nil
            }
            let headAddress = UInt(bitPattern: head)
            guard load(headAddress &+ UInt(layout.objectType)) == codeType, isAlive(headAddress) else { return nil }
            return withUnsafeMutableBytes(of: &text) { bytes -> CodeProof? in
                let name = load(headAddress &+ UInt(layout.codeQualname))
                guard let bytes = bytes.baseAddress, memory.copy(from: name, to: bytes, size: 56) else { return nil }
                return proof(of: code, head: headAddress, text: UInt(bitPattern: bytes))
            }
        }
    }

    /// Whether an object is there yet. The memory of one that was freed keeps most of it for a while, but not what it referred to.
    ///
    /// Allocators put a pointer, or null, in the place of the number of references. That number has 32 bits in every version (in
    /// 3.11 for want of memory to refer from), and 3.14 has flags from the 48th on.
    @_noLocks @inline(__always)
    private func isAlive(_ object: UInt) -> Bool {
        let references = load(object)
        return references & 0xffff_ffff != 0 && references >> 32 & 0xffff == 0
    }

    @_noLocks @inline(__always)
    private func proof(of code: UInt, head: UInt, text: UInt) -> CodeProof {
        let length = load(text &+ UInt(layout.textLength))
        let isASCII = load(text &+ UInt(layout.textState)) & layout.textStateASCII != 0
        let head8 = isASCII ? UInt64(load(text &+ UInt(layout.textASCII))) : 0
        let identity = SampledFrame.Code(
            address: code, nameHead: length >= 8 ? head8 : head8 & ((1 << (8 &* UInt64(length))) &- 1),
            nameLength: UInt32(truncatingIfNeeded: length),
            firstLine: Int32(truncatingIfNeeded: number(at: head, layout.codeFirstLine)),
            mark: mark(head))
        let units = Int(bitPattern: load(head &+ UInt(layout.objectCount)))
        let words = number(at: head, layout.codeStackSize) &+ number(at: head, layout.codeLocals)
        return CodeProof(
            identity: identity, units: units, isHidden: number(at: head, layout.codeFirstTraceable) >= units,
            frameSize: UInt(layout.frameSize) &+ 8 &* UInt(truncatingIfNeeded: words),
            isResumable: load(head &+ UInt(layout.codeFlags)) & CodeProof.resumableFlags != 0)
    }

    /// The code's version. Where it has none: a hash of its length and of the addresses of its file's name and its table of lines.
    @_noLocks @inline(__always)
    private func mark(_ head: UInt) -> UInt32 {
        if let place = layout.codeVersion {
            let version = UInt32(truncatingIfNeeded: number(at: head, place))
            if version != 0 { return version }
        }
        let places = load(head &+ UInt(layout.codeFile)) &* 3 &+ load(head &+ UInt(layout.codeLineTable))
        let word = UInt64(places) ^ UInt64(load(head &+ UInt(layout.objectCount))) << 48
        return UInt32(truncatingIfNeeded: SampledFrame.Code.spread(word) >> 32)
    }

    @_noLocks @inline(__always)
    private func number(at head: UInt, _ field: Int) -> Int {
        Int(Int32(truncatingIfNeeded: load(head &+ UInt(field))))
    }
}
