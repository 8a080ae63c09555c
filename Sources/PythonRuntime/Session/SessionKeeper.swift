import CMachine
import CPython
import Glibc

/// Who had a session begun in this process from outside, and is to end it: it holds a lock on a file, which the kernel takes
/// from it when it ends, however it ends.
struct SessionKeeper: Sendable {
    let file: String

    var isThere: Bool { machine_is_locked(file) != 0 }

    /// The session is over, and there is nothing of it in the process any more.
    func tellThatNothingIsLeft() { unlink(file) }

    /// The clock thread has ended by itself. What else there is of the session is the interpreter's, and goes with the GIL.
    static func tellOfEnd() { Py_AddPendingCall(onEnd, nil) }
}

extension SessionSettings {
    var keptBy: SessionKeeper? { keeper.isEmpty ? nil : SessionKeeper(file: keeper) }
}

extension Session {
    /// Ends a session that nobody keeps any more.
    static func endForsaken() {
        if current?.settings.keptBy?.isThere == false { stop() }
    }
}

private func onEnd(_: UnsafeMutableRawPointer?) -> Int32 {
    Session.endForsaken()
    return 0
}
