import Glibc

/// What a program would print to the terminal while something else is drawn there: kept in a file without a name, in the
/// order in which it was written, to be shown in the end.
public final class HeldOutput: Sendable {
    private let file: Int32
    /// Where the program's standard output goes, and its standard error.
    let output: StartedProcess.Stream
    let errors: StartedProcess.Stream
    private let shownOn: Int32

    /// - Parameter toStandardError: whether standard output is to go where standard error does.
    public init(toStandardError: Bool) throws(RunningError) {
        var path = Array((PrivateFolder.base + "/" + PrivateFolder.prefix + "outputXXXXXX").utf8CString)
        file = mkstemp(&path)
        if file >= 0 {
            unlink(path)
            _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        }
        guard file >= 0 else {
            throw .failed(
                "cannot make a temporary file in \(PrivateFolder.base): \(String(cString: strerror(errno))); set TMPDIR to a folder that can be written"
            )
        }
        let errorsAreShown = isatty(STDERR_FILENO) == 1
        let outputIsShown = toStandardError ? errorsAreShown : isatty(STDOUT_FILENO) == 1
        output = outputIsShown ? .descriptor(file) : toStandardError ? .descriptor(STDERR_FILENO) : .inherited
        errors = errorsAreShown ? .descriptor(file) : .inherited
        shownOn = outputIsShown && !toStandardError ? STDOUT_FILENO : STDERR_FILENO
    }

    deinit { close(file) }

    /// Prints all of it to the terminal.
    public func show() {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        var at = 0
        while case let got = pread(file, &bytes, bytes.count, off_t(at)), got > 0 {
            var done = 0
            while done < got {
                let written = bytes[done..<got].withUnsafeBytes { write(shownOn, $0.baseAddress, $0.count) }
                if written <= 0, errno != EINTR { return }
                done += max(0, written)
            }
            at += got
        }
    }
}
