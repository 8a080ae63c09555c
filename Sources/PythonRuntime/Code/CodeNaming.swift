import Capture

/// Names code objects from outside, without the interpreter's lock: what a sample proved of a code
/// object must still hold before its names are read and after.
struct CodeNaming: Sendable {
    let walk: FrameWalk

    var layout: FrameLayout { walk.layout }
    /// A record of the log has room for three such texts, of code points, and for two such tables, of bytes. Longer texts are
    /// cut; without a longer table no lines are told.
    private static let longestText = 1 << 18
    private static let longestTable = 1 << 22

    /// The record of a code object; one with the language `.gone` where it cannot be told any more.
    ///
    /// - Parameter copies: what was copied of code as it was seen.
    func record(of code: SampledFrame.Code, id: UInt32, copies: CopiedCodes?) -> CodeRecord {
        defer { walk.named.insert(code) }
        if Callee.isOne(code) { return calleeRecord(of: code, id: id) }
        if let live = liveRecord(of: code, id: id) ?? copies?.record(of: code, id: id) { return live }
        return CodeRecord(
            id: id, language: .gone, firstLine: code.firstLine, name: "<gone>", qualname: "<gone>", file: "<gone>")
    }

    /// A program may have dropped the object and made one like it in its place while its names were read; what was
    /// read of the memory between reads otherwise the second time.
    private func liveRecord(of code: SampledFrame.Code, id: UInt32) -> CodeRecord? {
        guard walk.proof(of: code.address)?.identity == code, let named = read(code, id: id),
            let again = read(code, id: id), agree(named, again), walk.proof(of: code.address)?.identity == code
        else { return nil }
        return named
    }

    /// Instructions change while they run.
    private func agree(_ one: CodeRecord, _ other: CodeRecord) -> Bool {
        one.name == other.name && one.qualname == other.qualname && one.file == other.file
            && one.lineTable == other.lineTable
    }

    private func read(_ code: SampledFrame.Code, id: UInt32) -> CodeRecord? {
        guard let name = text(at: code.address, layout.codeName),
            let qualname = text(at: code.address, layout.codeQualname),
            let file = text(at: code.address, layout.codeFile),
            let table = bytes(at: code.address, layout.codeLineTable),
            let instructions = instructions(of: code.address)
        else { return nil }
        return CodeRecord(
            id: id, language: .python, firstLine: code.firstLine, name: name, qualname: qualname, file: file,
            lineTable: table,
            instructions: instructions)
    }

    /// The text that a field of an object points to.
    private func text(at object: UInt, _ field: Int) -> String? {
        walk.memory.word(at: object &+ UInt(field)).flatMap(text)
    }

    /// A text; `nil` where there is none.
    func text(at address: UInt) -> String? {
        guard
            let length = walk.memory.word(at: address &+ UInt(layout.textLength)).map({
                Int(min($0, UInt(Self.longestText)))
            }),
            let state = walk.memory.word(at: address &+ UInt(layout.textState)), state & layout.textStateCompact != 0
        else { return nil }
        let width = Int(state >> UInt(layout.textStateKind.shift) & layout.textStateKind.mask)
        let data = address &+ UInt(state & layout.textStateASCII != 0 ? layout.textASCII : layout.textCompact)
        guard [1, 2, 4].contains(width), let raw = copy(data, size: length * width) else { return nil }
        return CodePoints.text(raw, width: width)
    }

    func bytes(at object: UInt, _ field: Int) -> [UInt8]? {
        guard let address = walk.memory.word(at: object &+ UInt(field)),
            let size = walk.memory.word(at: address &+ UInt(layout.bytesSize))
        else { return nil }
        return copy(address &+ UInt(layout.bytesData), size: size <= Self.longestTable ? Int(size) : 0)
    }

    /// A code object is of variable size: its instructions, two bytes each, stand at its end.
    func instructions(of code: UInt) -> [UInt8]? {
        guard let units = walk.memory.word(at: code &+ UInt(layout.objectCount)) else { return nil }
        return copy(code &+ UInt(layout.codeInstructions), size: units <= Self.longestTable / 2 ? Int(units) * 2 : 0)
    }

    func copy(_ address: UInt, size: Int) -> [UInt8]? {
        if size == 0 { return [] }
        let copied = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            guard let base = buffer.baseAddress, walk.memory.copy(from: address, to: base, size: size) else { return }
            count = size
        }
        return copied.count == size ? copied : nil
    }
}
