import CMachine

/// Room for what one look found of the asyncio task that a thread runs: none, one that cannot be told, or its name.
///
/// A name that a program gave is text; one that asyncio gave is, from 3.13 on, a number until somebody asks for it.
public struct TaskNote: @unchecked Sendable {
    private struct Head {
        var kind: UInt32
        /// The bytes of a code point, and how many of a name were copied.
        var width: Int32
        var copied: Int
        /// The number, or how many bytes the whole name has.
        var number: UInt64
    }

    private static let none: UInt32 = 0
    private static let unknown: UInt32 = 1
    private static let text: UInt32 = 2
    private static let number: UInt32 = 3

    static let size = 512
    private static var textStart: Int { MemoryLayout<Head>.stride }
    /// The longest part of a name that is kept, in bytes: whole code points of any width.
    private static var mostBytes: Int { (size &- textStart) & ~3 }

    // Raw memory that lives as long as the process; one thread writes at a time.
    private let start: UnsafeMutableRawPointer

    /// - Parameter memory: `size` bytes that nobody else uses.
    init(in memory: UnsafeMutableRawPointer) { start = memory }

    public static func allocate() -> TaskNote {
        let note = TaskNote(in: .allocate(byteCount: size, alignment: 16))
        note.setNone()
        return note
    }

    public func deallocate() { start.deallocate() }

    // MARK: Writing

    @_noLocks @inline(__always)
    public func setNone() { set(Head(kind: Self.none, width: 0, copied: 0, number: 0)) }

    @_noLocks @inline(__always)
    public func setUnknown() { set(Head(kind: Self.unknown, width: 0, copied: 0, number: 0)) }

    @_noLocks
    public func set(number: UInt64) { set(Head(kind: Self.number, width: 0, copied: 0, number: number)) }

    /// Copies a name, and of a long one the beginning.
    ///
    /// - Parameter process: whose kernel is to read memory that may not be there; 0 where all of it can be read.
    /// - Returns: whether it could be read.
    @_noLocks
    public func set(_ name: CopiedCodes.Text, by process: Int32) -> Bool {
        let copied = min(Int(name.size), Self.mostBytes)
        if copied > 0 {
            guard let source = UnsafeRawPointer(bitPattern: name.address) else { return false }
            if process == 0 {
                machine_copy_bytes(start + Self.textStart, source, UInt(copied))
            } else if machine_copy(process, name.address, start + Self.textStart, UInt(copied)) != Int64(copied) {
                return false
            }
        }
        set(Head(kind: Self.text, width: name.width, copied: copied, number: UInt64(UInt32(bitPattern: name.size))))
        return true
    }

    @_noLocks @inline(__always)
    private func set(_ head: Head) { start.assumingMemoryBound(to: Head.self).pointee = head }

    // MARK: Reading

    private var head: Head { start.assumingMemoryBound(to: Head.self).pointee }
    public var isNone: Bool { head.kind == Self.none }
    public var isUnknown: Bool { head.kind == Self.unknown }

    /// All that is written: equal notes have equal bytes.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: Self.textStart + head.copied) }

    /// What the task is called; a name that was cut ends in `…`.
    public var name: String {
        if head.kind == Self.number { return "Task-\(head.number)" }
        guard head.kind == Self.text else { return "" }
        let name = CodePoints.text(Array(bytes[Self.textStart...]), width: max(1, Int(head.width)))
        return head.number > UInt64(head.copied) ? name + "…" : name
    }
}
