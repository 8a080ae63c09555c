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
    /// Number in the log.
    let index: UInt32
    /// The kernel's number; 0 until the thread's first event.
    var id: Int32 = 0
    /// What is needed where something is new.
    unowned(unsafe) let all: TracedThreads
}
