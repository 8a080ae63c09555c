import Glibc

/// Unbuffered writing: rows to standard output, also into a pipe at once; progress to standard error.
enum Terminal {
    private static let showsProgress = isatty(STDERR_FILENO) == 1

    /// Prints a line in place of the progress.
    static func say(_ line: String) {
        showOnErrors("\r\u{1B}[K")
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// Says on one line of the terminal which round has just ended; nothing where there is no terminal.
    static func progress(_ figure: String, _ round: Int) {
        showOnErrors("\r\u{1B}[K\(figure): round \(round)")
    }

    private static func showOnErrors(_ text: String) {
        if showsProgress { write(text, to: STDERR_FILENO) }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
