extension CallNode {
    /// Addresses end in other bits.
    private static let lineMark: UInt = 2

    public static func key(ofLine line: Int) -> UInt { UInt(truncatingIfNeeded: line) << 2 | lineMark }

    /// The line that the node is; 0 for a function.
    public var line: UInt32 { isLine ? UInt32(truncatingIfNeeded: key >> 2) : 0 }

    @inlinable
    public var isLine: Bool { key & 3 == 2 }

    /// Never 0.
    @inlinable @inline(__always)
    static func kept(_ hint: UInt) -> UInt32 { UInt32(truncatingIfNeeded: hint) | 1 }
}

/// Lines of functions: each is a node beneath its function's, and what it calls is beneath the line.
extension CallTree {
    /// The function that is running.
    @inlinable @inline(__always)
    public var function: CallNode.Reference {
        guard top.pointee.isLine, let function = top.pointee.parent else { return top }
        return function
    }

    /// Goes on to the line that followed this one the last time; false where `hint` tells another.
    ///
    /// - Parameter hint: a line's key or an instruction's address, which are even; the node keeps the lower half, which
    ///   tells those of one function apart.
    @inlinable @inline(__always)
    public mutating func goOnKnown(_ hint: UInt, now: UInt64) -> Bool {
        guard top.pointee.nextHint == CallNode.kept(hint), let line = top.pointee.nextLine else { return false }
        charge(until: now)
        line.pointee.calls &+= 1
        top = line
        return true
    }

    /// Goes on to a line of the running function; `onNew` is called where it was not met on this path yet.
    public mutating func goOn(toLine line: Int, hint: UInt, now: UInt64, onNew: OnNewNode) {
        charge(until: now)
        let before = top
        resume(line: line, onNew: onNew)
        before.pointee.nextLine = top
        before.pointee.nextHint = CallNode.kept(hint)
        top.pointee.calls &+= 1
    }

    /// Has the running function be at a line that it came to before tracing began: its time counts, it does not.
    public mutating func resume(line: Int, onNew: OnNewNode) {
        let function = function
        let key = CallNode.key(ofLine: line)
        top = table.find(key, under: function) ?? add(key, under: function, onNew)
    }

    /// Leaves the running function from whatever line it is at; a generator will go on there.
    @inlinable @inline(__always)
    public mutating func leaveFunction(now: UInt64) {
        charge(until: now)
        let function = function
        if function.pointee.isResumable {
            function.pointee.nextLine = top == function ? nil : top
            function.pointee.nextHint = 0
        }
        if let parent = function.pointee.parent { top = parent }
    }

    /// A generator that was just entered goes on at the line that it left.
    @inlinable @inline(__always)
    public mutating func goOnWhereLeft() {
        if top.pointee.isResumable, let line = top.pointee.nextLine { top = line }
    }
}
