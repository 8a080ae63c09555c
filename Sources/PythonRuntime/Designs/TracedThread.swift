import CMachine
import CPython
import Capture

/// A traced thread: all that a hook touches where nothing is new, behind one pointer.
///
/// It is never given back: a hook that is still open when its session ends finds it closed.
struct TracedThread {
    var tree: CallTree
    let source: TickSource
    /// Where nothing is charged any more: the program took the hook for itself, the session is over, or this is
    /// a forked child.
    var isClosed = false
    /// Set in a forked child, where a hook of this thread alone has to go.
    var isAbandoned = false
    /// Whether the log has its number.
    var isTold = false
    /// Number in the log.
    let index: UInt32
    /// The kernel's number; 0 until the thread's first event.
    var id: Int32 = 0
    /// The number of the interpreter's state by which it runs Python.
    var state: UInt64
    /// What is needed where something is new.
    unowned(unsafe) let all: TracedThreads

    /// Python begins on the thread, where no function is open. Native code may have made another state for the thread since the
    /// last one was gone; what it did in between is nobody's.
    mutating func begin(_ current: OpaquePointer?, now: UInt64) {
        let number = PyThreadState_GetID(current)
        if number == state { return }
        state = number
        tree.leaveAll(now: now)
    }

    /// As people know it.
    var name: String { index == 0 ? "the main thread" : "thread \(id)" }
}

/// What the calling thread's own pointer leads to: a struct of the design in session, or of an earlier one.
///
/// Each such struct begins with a `TracedThreads.Reference`, so that one can tell whether it still is in use.
enum OwnThread {
    /// `nil` where the thread has not come by yet, or is closed.
    @inline(__always)
    static var open: UnsafeMutableRawPointer? {
        guard let own = machine_own_pointer().pointee else { return nil }
        return own.assumingMemoryBound(to: TracedThreads.Reference.self).pointee.pointee.isClosed ? nil : own
    }

    @inline(__always)
    static func set(_ own: UnsafeMutableRawPointer) { machine_own_pointer().pointee = own }
}
