import CPython
import Capture

/// What the interpreter as a whole is at: who has its lock, and whether it collects garbage.
struct InterpreterState: Sendable {
    /// The address of a flag.
    private let collecting: UInt
    /// Where the lock lies.
    private let lock: UInt

    // Of _gil_runtime_state in Include/internal/pycore_gil.h, the same in every version: who took the lock last, whether it is
    // taken, and its size.
    private static let holder: UInt = 8
    private static let taken: UInt = 16
    private static let lockSize: UInt = 208

    /// Where one version of CPython has them: in PyInterpreterState, but for the lock of 3.11.
    enum Place {
        case known(collecting: Int, lock: Int, isInRuntime: Bool)
        /// As the interpreter itself reports, in words of its memory: where the collector and the lock's address are, and in the
        /// collector the flag.
        case reported(collector: Int, lock: Int, flag: Int)
    }

    /// `nil` where the layout does not hold what the API says. Called with the GIL.
    static func ofRunningInterpreter() -> InterpreterState? {
        guard let place = PythonVersion.running?.interpreter,
            let found = at(place, interpreter: UInt(bitPattern: PyInterpreterState_Get())),
            found.isHeld(by: UInt(bitPattern: PyThreadState_Get()))
        else { return nil }
        return found
    }

    private static func at(_ place: Place, interpreter: UInt) -> InterpreterState? {
        let runtime = UInt(bitPattern: swprof_runtime())
        switch place {
        case .known(let collecting, let lock, let isInRuntime):
            return InterpreterState(
                collecting: interpreter &+ UInt(collecting),
                lock: isInRuntime ? runtime &+ UInt(lock) : load(interpreter &+ UInt(lock)))
        case .reported(let collector, let lock, let flag):
            guard DebugOffsets.ofRunningInterpreter() != nil else { return nil }
            let offset = { (word: Int) in load(runtime &+ UInt(word) &* 8) }
            return InterpreterState(
                collecting: interpreter &+ offset(collector) &+ offset(flag), lock: load(interpreter &+ offset(lock)))
        }
    }

    /// Whether the thread of that state collects garbage: it has the lock, and the collector is at work. Asked by that thread, or
    /// while it stands still.
    @_noLocks @inline(__always)
    func isCollecting(_ threadState: UInt) -> Bool {
        UInt32(truncatingIfNeeded: load(collecting)) != 0 && load(lock &+ Self.holder) == threadState
    }

    /// Whether the thread of that state has the lock: it took it last, and has not given it back. Asked while the thread stands still.
    func isHeld(by threadState: UInt) -> Bool {
        UInt32(truncatingIfNeeded: load(lock &+ Self.taken)) != 0 && load(lock &+ Self.holder) == threadState
    }

    /// Whether an address that a thread waits at is of the lock.
    func isOfLock(_ address: UInt) -> Bool { address &- lock < Self.lockSize }
}
