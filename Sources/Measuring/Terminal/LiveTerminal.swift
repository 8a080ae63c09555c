import Glibc

/// The terminal behind standard error while a picture is drawn on it again and again: on its other screen, so that what stood
/// there before comes back when that is closed, however swprof ends.
public final class LiveTerminal {
    /// Whether there is a terminal that can show it, and it is not somebody else's: a job in the background has none.
    public static var isThere: Bool {
        let group = tcgetpgrp(STDERR_FILENO)
        return Terminal.showsProgress && (group < 0 || group == getpgrp())
    }

    /// Whether standard input is ours to hear keys from.
    public let hearsKeys: Bool

    /// Opens the other screen.
    ///
    /// - Parameter keys: whether keys are wanted; they are heard where standard input is a terminal and not another's.
    public init(keys: Bool) {
        hearsKeys = keys && isatty(STDIN_FILENO) == 1 && tcgetpgrp(STDIN_FILENO) == getpgrp()
        LiveScreenState.open(keys: hearsKeys)
    }

    deinit { close() }

    /// Gives the screen back as it was; what is drawn later is not shown.
    public func close() { LiveScreenState.close() }

    /// Columns and rows now: a terminal may change while it is looked at.
    public static var size: (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Draws lines from the top, in place of those before.
    public func draw(_ lines: [String]) {
        guard LiveScreenState.isOpen else { return }
        // What is left of a line is erased before it is written: behind its last column, terminals erase that.
        let text = lines.map { "\u{1B}[K" + $0 }.joined(separator: "\r\n")
        Terminal.write("\u{1B}[H" + text + "\u{1B}[J", to: STDERR_FILENO)
    }

    /// The keys that were pressed since this was asked last.
    public func keys() -> [Character] {
        guard hearsKeys else { return [] }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        return bytes.prefix(max(0, count)).map { Character(Unicode.Scalar($0)) }
    }
}

/// What a handler of signals needs to give the terminal back and to take it again: it may neither allocate nor lock.
private enum LiveScreenState {
    // Written while no handler is set; read by the handler.
    nonisolated(unsafe) private static var before = termios()
    nonisolated(unsafe) private static var during = termios()
    nonisolated(unsafe) private static var setsKeys = false
    nonisolated(unsafe) private static var ignoresStop = false
    nonisolated(unsafe) private(set) static var isOpen = false

    private static let entering: StaticString = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[2J"
    private static let leaving: StaticString = "\u{1B}[?25h\u{1B}[?1049l"

    static func open(keys: Bool) {
        setsKeys = keys && tcgetattr(STDIN_FILENO, &before) == 0
        during = before
        // Neither lines nor an echo; Ctrl-C and Ctrl-Z are signals as ever.
        during.c_lflag &= ~tcflag_t(ICANON | ECHO)
        during.c_cc.6 = 0
        during.c_cc.5 = 0
        isOpen = true
        take()
        ignoresStop = Glibc.signal(SIGTSTP, stop).isIgnoring
        if ignoresStop { Glibc.signal(SIGTSTP, SIG_IGN) }
        atexit { LiveScreenState.close() }
    }

    static func close() {
        guard isOpen else { return }
        isOpen = false
        if !ignoresStop { Glibc.signal(SIGTSTP, SIG_DFL) }
        giveBack()
    }

    private static func take() {
        if setsKeys { tcsetattr(STDIN_FILENO, TCSANOW, &during) }
        put(entering)
    }

    private static func giveBack() {
        put(leaving)
        if setsKeys { tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
    }

    private static func put(_ text: StaticString) { _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount) }

    /// Ctrl-Z: the shell finds its terminal as it was.
    fileprivate static func pause() {
        giveBack()
        kill(getpid(), SIGSTOP)
        take()
    }
}

private func stop(_: Int32) { LiveScreenState.pause() }

extension Optional where Wrapped == __sighandler_t {
    fileprivate var isIgnoring: Bool { unsafeBitCast(self, to: Int.self) == 1 }
}
