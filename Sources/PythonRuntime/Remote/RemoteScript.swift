import CMachine
import CPython
import Glibc

/// A script that the main thread of another process is to run at its next safe point (PEP 768).
///
/// `sys.remote_exec` does the same, but takes nothing back, and puts down what it read of the thread's flags a moment before: a
/// request to give up the GIL that comes to stand there anew, with nobody who waits for it, would stop the thread for good.
public struct RemoteScript {
    private let process: pid_t
    private let memory: GuardedMemory
    private let offsets: DebuggerOffsets
    private let interpreter: UInt
    /// The state of its main thread, which is there as long as the interpreter is.
    private let thread: UInt
    private let path: [UInt8]

    // Of the evaluation breaker: a request to give up the GIL, which is repeated where it is lost; and that signals and calls
    // may be pending, where the thread looks for itself.
    private static let requestForGIL: UInt8 = 1
    private static let pendingWork: UInt8 = 2 | 4

    public init(_ settings: SessionSettings) throws(SessionError) {
        let target = try Session.target(settings)
        guard let offsets = DebuggerOffsets.ofRunningInterpreter() else {
            throw SessionError("Python \(PythonVersion.text) takes no scripts (PEP 768); leave out --inject")
        }
        guard let thread = target.walk.memory.word(at: target.list.interpreter &+ offsets.mainThread), thread != 0
        else {
            throw SessionError("it has no main thread any more")
        }
        (process, memory, interpreter) = (target.process, target.walk.memory, target.list.interpreter)
        (self.offsets, self.thread, path) = (offsets, thread, Array(settings.script.utf8) + [0])
    }

    public func leave() throws(SessionError) {
        guard number(at: interpreter &+ offsets.isEnabled) == 1 else {
            throw SessionError(
                "it takes no scripts (PYTHON_DISABLE_REMOTE_DEBUG, -X disable_remote_debug, or its build); leave out --inject"
            )
        }
        guard path.count <= offsets.longestPath else {
            throw SessionError("the path of the folder for temporary files is too long; set TMPDIR to a shorter one")
        }
        guard number(at: thread &+ offsets.isPending) == 0 else {
            throw SessionError("it has yet to run the script of another debugger; try again")
        }
        guard write(path, at: thread &+ offsets.path), write(Int32(1), at: thread &+ offsets.isPending), interrupt()
        else { throw SessionError("the system does not let swprof write into it; run swprof as root") }
    }

    /// Takes the script back; does nothing where it has been run, or another has come in its place.
    public func withdraw() {
        var found = [UInt8](repeating: 1, count: path.count)
        guard number(at: thread &+ offsets.isPending) == 1,
            memory.copy(from: thread &+ offsets.path, to: &found, size: found.count), found == path
        else { return }
        _ = write(Int32(0), at: thread &+ offsets.isPending)
        _ = write(UInt8(0), at: thread &+ offsets.path)
    }

    /// Makes the thread leave its work for a moment, at which it finds the script.
    ///
    /// Other threads may change the flags between our reading and our writing. So the request for the GIL is never written, and
    /// those flags that are need no more than a second look: at the worst the thread looks and finds nothing to do.
    private func interrupt() -> Bool {
        let place = thread &+ offsets.evalBreaker
        var flags: UInt8 = 0
        guard memory.copy(from: place, to: &flags, size: 1) else { return false }
        return write(flags & ~Self.requestForGIL | Self.pendingWork, at: place)
    }

    private func number(at address: UInt) -> Int32? {
        var number: Int32 = 0
        return memory.copy(from: address, to: &number, size: 4) ? number : nil
    }

    private func write(_ bytes: [UInt8], at address: UInt) -> Bool {
        bytes.withUnsafeBytes { machine_write(process, address, $0.baseAddress, UInt($0.count)) != 0 }
    }

    private func write<Number: FixedWidthInteger>(_ number: Number, at address: UInt) -> Bool {
        withUnsafeBytes(of: number) { machine_write(process, address, $0.baseAddress, UInt($0.count)) != 0 }
    }
}
