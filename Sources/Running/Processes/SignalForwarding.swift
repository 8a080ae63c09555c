import Glibc
import Synchronization

/// While a program runs, its signals are its own: what is sent to swprof alone is passed on, and what is sent to the whole
/// process group, as the terminal does, has reached the program already.
public enum SignalForwarding {
    // Written before and after the program's run, read by the handler in between.
    nonisolated(unsafe) private static var child: pid_t = 0
    nonisolated(unsafe) private static var witness: GroupWitness?
    /// Of the program before: a handler that began in time may still ask it.
    nonisolated(unsafe) private static var formerWitness: GroupWitness?

    // What is ignored stays ignored.
    static let all = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM].filter {
        !Inheritance.own.ignores($0)
    }

    static func begin(to process: pid_t) {
        witness = GroupWitness(of: all)
        child = process
        handle(forward)
        if held != 0 {
            note(held)
            kill(process, held)
        }
        held = 0
    }

    static func end() {
        // What the terminal sent to both may still be on its way to this process; it was the program's.
        for signal in all where signal == SIGINT || signal == SIGQUIT { Glibc.signal(signal, SIG_IGN) }
        endOwn()
        witness?.end()
        (formerWitness, witness) = (witness, nil)
    }

    /// Of a run for our own ends, whose signals are swprof's.
    static func endOwn() {
        holders.withLock { handle($0 > 0 ? keep : SIG_DFL) }
        child = 0
    }

    private static func handle(_ handler: __sighandler_t?) {
        for signal in all { Glibc.signal(signal, handler) }
    }

    // Written by the handler: what a user or a supervisor ends a command by.
    nonisolated(unsafe) private static var asked: Int32 = 0

    /// Throws where somebody has asked swprof to end while a program ran: what it is one of many runs of is over, too.
    public static func checkInterrupted() throws(RunningError) {
        if asked != 0 { throw .interrupted(asked) }
        if waiting != 0 { throw .interrupted(waiting) }
    }

    private static func note(_ signal: Int32) {
        if signal == SIGINT || signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT { asked = signal }
    }

    fileprivate static func pass(_ signal: Int32) {
        note(signal)
        if child > 0, witness?.hasSeen(signal) != true { kill(child, signal) }
    }

    // MARK: Between programs

    private static let holders = Mutex(0)
    // Written by the handler, which may take no lock: a word, of which the last signal is kept.
    nonisolated(unsafe) private static var held: Int32 = 0

    /// From now on what would end swprof waits for `release`, or for the program that is started next. Who asks twice is
    /// not kept waiting.
    public static func hold() {
        holders.withLock {
            $0 += 1
            if $0 == 1, child == 0 { handle(keep) }
        }
    }

    /// Lets a signal that came meanwhile do what it does, once all that held it have let go.
    public static func release() {
        holders.withLock {
            $0 -= 1
            if $0 == 0, child == 0 { handle(SIG_DFL) }
            if $0 == 0, held != 0 { OwnSignal.raise(held) }
        }
    }

    /// The signal that came since `hold`, where one did: who takes it answers it, and it ends nothing any more.
    static func takeHeld() -> Int32? {
        defer { held = 0 }
        return held == 0 ? nil : held
    }

    fileprivate static func keepBack(_ signal: Int32) {
        if held != 0 {
            Glibc.signal(signal, SIG_DFL)
            OwnSignal.raise(signal)
        }
        held = signal
    }

    // MARK: Runs for our own ends

    // Written by the handler.
    nonisolated(unsafe) private static var waiting: Int32 = 0

    /// What would end swprof ends the process group first, and then waits for `deliver`: there are files to remove.
    static func beginOwn(of group: pid_t) {
        child = group
        handle(endFirst)
        if held != 0 { endChild(held) }
        held = 0
    }

    /// Whether a signal came meanwhile: what was running is not as it would have been.
    public static var isWaiting: Bool { waiting != 0 }

    /// Lets a signal that came meanwhile do what it does.
    public static func deliver() { if waiting != 0 { OwnSignal.raise(waiting) } }

    fileprivate static func endChild(_ signal: Int32) {
        waiting = signal
        if child > 0 { kill(-child, SIGKILL) }
    }
}

private func keep(_ signal: Int32) { SignalForwarding.keepBack(signal) }

private func endFirst(_ signal: Int32) { SignalForwarding.endChild(signal) }

private func forward(_ signal: Int32) { SignalForwarding.pass(signal) }
