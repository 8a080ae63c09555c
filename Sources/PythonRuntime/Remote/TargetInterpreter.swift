import CMachine
import CPython
import Glibc

/// The interpreter of another process that runs the same build of Python as this one: all that is known of the own one
/// holds there, but for where its files are loaded.
struct TargetInterpreter {
    let process: pid_t
    /// Walks its frames, reading what is there at the moment.
    let walk: FrameWalk
    let list: ThreadList
    /// Whether it has subinterpreters, whose threads nobody follows.
    let hasSubinterpreters: Bool

    /// - Parameter own: that has been held against the own interpreter.
    init(of process: pid_t, like own: FrameWalk) throws(SessionError) {
        let memory = GuardedMemory(of: process)
        let runtime = UInt(bitPattern: swprof_runtime())
        guard let file = LoadedFile(at: runtime, of: getpid()), let base = file.base(in: process) else {
            throw SessionError(
                "process \(process) has another build of Python in its memory than the one that was started to read it")
        }
        let displacement = base &- file.base
        guard let known = Interpreters(runtime, GuardedMemory()),
            known.main == UInt(bitPattern: PyInterpreterState_Get())
        else {
            throw SessionError(
                "this Python \(PythonVersion.text) keeps its interpreters elsewhere than the released one")
        }
        guard Self.isSameVersion(runtime &+ displacement, memory),
            let interpreters = Interpreters(runtime &+ displacement, memory), interpreters.main != 0
        else { throw SessionError("process \(process) has no Python interpreter that has started, or has ended it") }
        self.process = process
        walk = FrameWalk(
            layout: own.layout, memory: memory, codeType: own.codeType &+ displacement, named: own.named,
            callees: CalleeReading.ofRunningInterpreter.displaced(by: displacement))
        list = ThreadList(layout: own.layout, memory: memory, interpreter: interpreters.main)
        hasSubinterpreters = interpreters.newest != interpreters.main
    }

    /// From 3.13 on the interpreter says itself which version it is.
    private static func isSameVersion(_ runtime: UInt, _ memory: GuardedMemory) -> Bool {
        guard case .reported? = PythonVersion.running?.frames else { return true }
        return memory.word(at: runtime) == DebugOffsetWords.cookie && memory.word(at: runtime &+ 8) == Py_Version
    }
}

/// The list of interpreters at the head of what Python knows of itself.
private struct Interpreters {
    let newest: UInt
    let main: UInt

    /// - Parameter runtime: where `_PyRuntime` is.
    init?(_ runtime: UInt, _ memory: GuardedMemory) {
        guard let version = PythonVersion.running else { return nil }
        let offset: UInt? =
            switch version.frames {
            case .known: UInt(version.interpreters)
            // In `_Py_DebugOffsets` of all versions, where `_PyRuntimeState` has `interpreters.head`.
            case .reported: memory.word(at: runtime &+ 5 &* 8)
            }
        // The main one stands behind it.
        guard let offset, offset < 1 << 20, let newest = memory.word(at: runtime &+ offset),
            let main = memory.word(at: runtime &+ offset &+ 8)
        else { return nil }
        (self.newest, self.main) = (newest, main)
    }
}
