import CPython

/// Where the interpreter notes that a signal has come that it has yet to tell the program of: a wait that was cut short for
/// that signal must not begin anew.
struct PendingSignals: Sendable {
    /// Of the interpreter's state; 0 where the note is in the thread's.
    private let interpreter: UInt
    private let offset: Int
    private let mask: UInt32

    // From Include/internal/pycore_interp.h, pycore_ceval.h and cpython/pystate.h of each version. Up to 3.12 one number is
    // the note of all that the interpreter has to do.
    private static let python3_11 = (note: 100, limit: 96)
    private static let python3_12 = (note: 368, limit: 376)
    private static let threadInterpreter = 16
    private static let threadNote = 24
    private static let signalsBit: UInt32 = 2

    /// `nil` where the layout is not known, or does not hold what the API says. Called with the GIL.
    static func ofRunningInterpreter() -> PendingSignals? {
        let interpreter = UInt(bitPattern: PyInterpreterState_Get())
        switch Py_Version >> 16 {
        case 0x030b: return old(interpreter, python3_11)
        case 0x030c: return old(interpreter, python3_12)
        default:
            guard load(UInt(bitPattern: PyThreadState_Get()) &+ UInt(threadInterpreter)) == interpreter else { return nil }
            return PendingSignals(interpreter: 0, offset: threadNote, mask: signalsBit)
        }
    }

    /// The recursion limit stands beside the note.
    private static func old(_ interpreter: UInt, _ offsets: (note: Int, limit: Int)) -> PendingSignals? {
        guard UInt32(truncatingIfNeeded: load(interpreter &+ UInt(offsets.limit))) == UInt32(bitPattern: Py_GetRecursionLimit()) else { return nil }
        return PendingSignals(interpreter: interpreter, offset: offsets.note, mask: .max)
    }

    /// - Parameter threadState: the calling thread's.
    @_noLocks
    func areThere(threadState: UInt) -> Bool {
        let at = (interpreter == 0 ? threadState : interpreter) &+ UInt(offset)
        return UnsafePointer<UInt32>(bitPattern: at).map { $0.pointee & mask != 0 } ?? false
    }
}
