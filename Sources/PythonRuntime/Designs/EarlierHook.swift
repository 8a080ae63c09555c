import CPython
import Capture

/// A hook that was on a thread before ours: both are called, ours first.
///
/// Where the program asks for its hook it gets its own, for that is what the interpreter keeps beside ours.
struct EarlierHook {
    let function: swprof_tracefunc?
    let object: Object
    /// What ours finds its thread by.
    let data: Object?
    let thread: TracedThreads.Reference

    /// There is at most one: that of the thread on which tracing began. Used with the GIL only.
    nonisolated(unsafe) static var current: EarlierHook?

    /// The calling thread's function of a kind, as a program sets and asks for it; a new reference.
    static func ofCallingThread(_ kind: String) -> Object? {
        let hook = PyObject_CallObject(PySys_GetObject(kind == "profile" ? "getprofile" : "gettrace"), nil)
        if hook == nil { PyErr_Clear() }
        return hook == swprof_immortal_none() ? nil : hook
    }

    /// Calls both; in a forked child, where ours is `abandoned`, theirs alone.
    static func callBoth(
        _ theirs: Object?, _ frame: OpaquePointer?, _ what: Int32, _ argument: Object?, ours: swprof_tracefunc,
        abandoned: (EarlierHook) -> Void
    ) -> Int32 {
        guard let earlier = current else { return 0 }
        if earlier.thread.pointee.isAbandoned {
            abandoned(earlier)
        } else {
            _ = ours(earlier.data, frame, what, argument)
        }
        return earlier.function?(theirs, frame, what, argument) ?? 0
    }
}

/// The first words of a thread's state, where the interpreter keeps its hooks.
struct StateWords {
    private static let count = 64
    private let words: [UInt]

    init(of state: OpaquePointer) {
        words = (0..<Self.count).map { load(UInt(bitPattern: state) &+ UInt($0 * 8)) }
    }

    func function(at place: Int) -> swprof_tracefunc? { unsafeBitCast(words[place / 8], to: swprof_tracefunc?.self) }

    /// Where a state has a function, in bytes.
    static func place(of function: swprof_tracefunc?, in state: OpaquePointer) -> Int? {
        guard let function else { return nil }
        let address = unsafeBitCast(function, to: UInt.self)
        return (0..<count).first { load(UInt(bitPattern: state) &+ UInt($0 * 8)) == address }.map { $0 * 8 }
    }
}
