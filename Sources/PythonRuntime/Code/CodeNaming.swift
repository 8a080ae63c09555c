import Capture

/// Names code objects from outside, without the interpreter's lock: what a sample proved of a code
/// object must still hold before its names are read and after.
struct CodeNaming: Sendable {
    let walk: FrameWalk

    private var layout: FrameLayout { walk.layout }
    private static let longestText = 4096
    private static let longestLineTable = 1 << 20

    /// The record of a code object; one with the language `.gone` where it cannot be told any more.
    ///
    /// A program may have dropped the object and made one like it in its place while its names were read; what was
    /// read of the memory between reads otherwise the second time.
    func record(of code: SampledFrame.Code, id: UInt32) -> CodeRecord {
        guard walk.proof(of: code.address)?.identity == code, let named = read(code, id: id),
            let again = read(code, id: id), agree(named, again), walk.proof(of: code.address)?.identity == code
        else {
            return CodeRecord(
                id: id, language: .gone, firstLine: code.firstLine, name: "<gone>", qualname: "<gone>", file: "<gone>")
        }
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
        guard let address = walk.memory.word(at: object &+ UInt(field)),
            let length = count(address, layout.textLength, atMost: Self.longestText),
            let state = walk.memory.word(at: address &+ UInt(layout.textState)), state & layout.textStateCompact != 0
        else { return nil }
        let width = Int(state >> UInt(layout.textStateKind.shift) & layout.textStateKind.mask)
        let data = address &+ UInt(state & layout.textStateASCII != 0 ? layout.textASCII : layout.textCompact)
        guard [1, 2, 4].contains(width), let raw = copy(data, size: length * width) else { return nil }
        return CodePoints.text(raw, width: width)
    }

    private func bytes(at object: UInt, _ field: Int) -> [UInt8]? {
        guard let address = walk.memory.word(at: object &+ UInt(field)),
            let size = count(address, layout.bytesSize, atMost: Self.longestLineTable)
        else { return nil }
        return copy(address &+ UInt(layout.bytesData), size: size)
    }

    /// A code object is of variable size: its instructions, two bytes each, stand at its end.
    private func instructions(of code: UInt) -> [UInt8]? {
        guard let units = count(code, layout.objectCount, atMost: Self.longestLineTable) else { return nil }
        return copy(code &+ UInt(layout.codeInstructions), size: units * 2)
    }

    private func count(_ address: UInt, _ field: Int, atMost most: Int) -> Int? {
        guard let word = walk.memory.word(at: address &+ UInt(field)), word <= UInt(most) else { return nil }
        return Int(word)
    }

    private func copy(_ address: UInt, size: Int) -> [UInt8]? {
        if size == 0 { return [] }
        let copied = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            guard let base = buffer.baseAddress, walk.memory.copy(from: address, to: base, size: size) else { return }
            count = size
        }
        return copied.count == size ? copied : nil
    }
}

/// Python's text as it lies in memory: code points of 1, 2 or 4 bytes.
enum CodePoints {
    /// Code points that are no text by themselves (lone surrogates) are escaped, not dropped.
    static func text(_ bytes: [UInt8], width: Int) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count - width + 1, by: width) {
            let value = (0..<width).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * $1) }
            if let scalar = Unicode.Scalar(value) {
                text.unicodeScalars.append(scalar)
            } else {
                text += "\\u" + String(value, radix: 16)
            }
        }
        return text
    }
}
