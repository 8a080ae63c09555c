import CPython

/// Tells states of the interpreter that is profiled from those of subinterpreters.
struct OwnInterpreter {
    private let address: UInt

    /// Where a thread's state has its interpreter, in bytes: behind its neighbours in the list, in every version.
    private static let place: UInt = 16

    /// `nil` where states are made otherwise. Called with the GIL.
    static func ofCallingThread() -> OwnInterpreter? {
        let interpreter = OwnInterpreter(address: UInt(bitPattern: PyInterpreterState_Get()))
        return interpreter.has(threadState: UInt(bitPattern: PyThreadState_Get())) ? interpreter : nil
    }

    @_noLocks @inline(__always)
    func has(threadState: UInt) -> Bool { load(threadState &+ Self.place) == address }
}
