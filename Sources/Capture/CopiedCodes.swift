import CMachine

/// What a look copied of code objects: a program may drop one before it is named from outside.
public struct CopiedCodes: @unchecked Sendable {
    /// Stands before the bytes that it tells of.
    private struct Head {
        var code: SampledFrame.Code
        var sizes: Sizes
    }

    /// The bytes of each text and its code points' width, and of what else there is of a code object.
    public struct Sizes {
        public var name: Text
        public var qualname: Text
        public var file: Text
        public var lineTable: Int32 = 0
        public var instructions: Int32 = 0

        @_noLocks
        public init(name: Text, qualname: Text, file: Text) {
            (self.name, self.qualname, self.file) = (name, qualname, file)
        }
    }

    public struct Text {
        public var address: UInt
        public var size: Int32
        public var width: Int32

        @_noLocks
        public init(address: UInt, size: Int32, width: Int32) {
            (self.address, self.size, self.width) = (address, size, width)
        }
    }

    static let size = 1 << 14

    // Raw memory; one thread writes at a time. First how many bytes are used, the word itself included.
    private let start: UnsafeMutableRawPointer

    init(in memory: UnsafeMutableRawPointer) { start = memory }

    /// Another look begins.
    @_noLocks @inline(__always)
    public func removeAll() {
        if start.load(as: Int.self) != 8 { start.storeBytes(of: 8, as: Int.self) }
    }

    /// Copies what a code object has: its texts, and of the rest what there is room for.
    ///
    /// - Parameter process: whose kernel is to read memory that may not be there; 0 where all of it can be read.
    @_noLocks
    public func add(_ code: SampledFrame.Code, _ wanted: Sizes, lineTable: UInt, instructions: UInt, by process: Int32)
    {
        let used = start.load(as: Int.self)
        var sizes = wanted
        let texts = Int(sizes.name.size) &+ Int(sizes.qualname.size) &+ Int(sizes.file.size)
        let room = Self.size &- used &- MemoryLayout<Head>.stride &- 8 &- texts
        guard used >= 8, room >= 0 else { return }
        if Int(sizes.lineTable) &+ Int(sizes.instructions) > room { (sizes.lineTable, sizes.instructions) = (0, 0) }
        var to = start + used + MemoryLayout<Head>.stride
        guard copy(sizes.name.address, sizes.name.size, &to, process),
            copy(sizes.qualname.address, sizes.qualname.size, &to, process),
            copy(sizes.file.address, sizes.file.size, &to, process), copy(lineTable, sizes.lineTable, &to, process),
            copy(instructions, sizes.instructions, &to, process)
        else { return }
        (start + used).assumingMemoryBound(to: Head.self).pointee = Head(code: code, sizes: sizes)
        start.storeBytes(of: (to - start + 7) & ~7, as: Int.self)
    }

    @_noLocks @inline(__always)
    private func copy(_ from: UInt, _ size: Int32, _ to: inout UnsafeMutableRawPointer, _ process: Int32) -> Bool {
        guard size > 0, let source = UnsafeRawPointer(bitPattern: from) else { return size == 0 }
        if process != 0 {
            if machine_copy(process, from, to, UInt(size)) != Int64(size) { return false }
        } else {
            machine_copy_bytes(to, source, UInt(size))
        }
        to += Int(size)
        return true
    }

    /// The record of a code object that was copied.
    public func record(of code: SampledFrame.Code, id: UInt32) -> CodeRecord? {
        var at = 8
        let used = start.load(as: Int.self)
        while at < used {
            let head = (start + at).assumingMemoryBound(to: Head.self).pointee
            var from = start + at + MemoryLayout<Head>.stride
            let parts = [
                head.sizes.name.size, head.sizes.qualname.size, head.sizes.file.size, head.sizes.lineTable,
                head.sizes.instructions,
            ]
            .map { size -> [UInt8] in
                defer { from += Int(size) }
                return Array(UnsafeRawBufferPointer(start: from, count: Int(size)))
            }
            if head.code == code {
                return CodeRecord(
                    id: id, language: .python, firstLine: code.firstLine,
                    name: CodePoints.text(parts[0], width: Int(head.sizes.name.width)),
                    qualname: CodePoints.text(parts[1], width: Int(head.sizes.qualname.width)),
                    file: CodePoints.text(parts[2], width: Int(head.sizes.file.width)), lineTable: parts[3],
                    instructions: parts[4])
            }
            at = (from - start + 7) & ~7
        }
        return nil
    }
}

/// Python's text as it lies in memory: code points of 1, 2 or 4 bytes.
public enum CodePoints {
    /// Code points that are no text by themselves (lone surrogates) are escaped, not dropped.
    public static func text(_ bytes: [UInt8], width: Int) -> String {
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
