import CPython

/// Where an interpreter takes scripts that others have it run (PEP 768), in bytes, as it tells itself; from 3.14 on.
struct DebuggerOffsets {
    /// In PyInterpreterState: its main thread's state, and whether it takes any.
    let mainThread: UInt
    let isEnabled: UInt
    /// In PyThreadState: what has it look up from its work.
    let evalBreaker: UInt
    /// In PyThreadState: whether there is a script, and its path.
    let isPending: UInt
    let path: UInt
    let longestPath: Int

    // Of _PyRemoteDebuggerSupport.
    private static let known: [UInt] = [0, 4]

    /// `nil` where this version tells none, or others than the released one.
    static func ofRunningInterpreter() -> DebuggerOffsets? {
        guard DebugOffsets.ofRunningInterpreter() != nil,
            case .reported(let words)? = PythonVersion.running?.frames, let first = words.debugger
        else { return nil }
        let table = UInt(bitPattern: swprof_runtime())
        let told = { (word: Int) in load(table &+ UInt(word) &* 8) }
        guard [told(first + 3), told(first + 4)] == known, told(first + 5) > 1, told(first + 5) <= 1 << 12 else {
            return nil
        }
        return DebuggerOffsets(
            mainThread: told(words.interpreter + 4), isEnabled: told(first + 2), evalBreaker: told(first),
            isPending: told(first + 1) &+ told(first + 3), path: told(first + 1) &+ told(first + 4),
            longestPath: Int(told(first + 5)) - 1)
    }
}
