import CPython

/// Where the interpreter notes that a signal has come that it has yet to tell the program of: a wait that was cut short for
/// that signal must not begin anew.
struct PendingSignals: Sendable {
    /// Of the interpreter's state; 0 where the note is in the thread's.
    private let interpreter: UInt
    private let offset: Int
    private let mask: UInt32

    /// Where one version of CPython keeps the note.
    enum Place {
        /// In the interpreter's state: one number is the note of all that the interpreter has to do. The recursion limit
        /// stands beside it.
        case interpreter(note: Int, limit: Int)
        /// In the state of each thread.
        case thread
    }

    // From Include/cpython/pystate.h, from 3.13 on.
    private static let threadInterpreter = 16
    private static let threadNote = 24
    private static let signalsBit: UInt32 = 2

    /// `nil` where the layout is not known, or does not hold what the API says. Called with the GIL.
    static func ofRunningInterpreter() -> PendingSignals? {
        let interpreter = UInt(bitPattern: PyInterpreterState_Get())
        switch PythonVersion.running?.pending {
        case nil: return nil
        case .interpreter(let note, let limit)?: return old(interpreter, note: note, limit: limit)
        case .thread?:
            guard load(UInt(bitPattern: PyThreadState_Get()) &+ UInt(threadInterpreter)) == interpreter else {
                return nil
            }
            return PendingSignals(interpreter: 0, offset: threadNote, mask: signalsBit)
        }
    }

    private static func old(_ interpreter: UInt, note: Int, limit: Int) -> PendingSignals? {
        guard UInt32(truncatingIfNeeded: load(interpreter &+ UInt(limit))) == UInt32(bitPattern: Py_GetRecursionLimit())
        else { return nil }
        return PendingSignals(interpreter: interpreter, offset: note, mask: .max)
    }

    /// - Parameter threadState: the calling thread's.
    @_noLocks
    func areThere(threadState: UInt) -> Bool {
        let at = (interpreter == 0 ? threadState : interpreter) &+ UInt(offset)
        return UnsafePointer<UInt32>(bitPattern: at).map { $0.pointee & mask != 0 } ?? false
    }
}
