import CMachine

/// What a thread may read directly of its own C stack: all from where it stands to where the stack began.
///
/// A program may run on a stack that it made itself; then nothing is known, and nothing is read directly.
public struct CStack: Sendable {
    private var low: UInt = 0
    private var high: UInt = 0

    private static let pageSize: UInt = 4096
    /// No thread has a larger stack.
    private static let largest: UInt = 1 << 34

    public init() {}

    @_noLocks
    public func isKnown() -> Bool { high != 0 }

    /// Takes notice of how far the calling thread's stack has grown. The kernel is asked only where it is deeper
    /// than ever.
    @_noLocks
    public mutating func reach(_ pointer: UInt) {
        let end = machine_stack_end(pointer)
        let page = pointer & ~(Self.pageSize &- 1)
        if high == end, page >= low { return }
        low = page
        high = end > page && end &- page <= Self.largest && machine_is_mapped(page, end &- page) != 0 ? end : 0
    }

    @_noLocks
    public func holds(_ address: UInt, size: Int) -> Bool {
        address >= low && address < high && high &- address >= UInt(size)
    }
}
