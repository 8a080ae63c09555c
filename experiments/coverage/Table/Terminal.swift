import Foundation

/// Lines to standard output, also into a pipe at once; progress to standard error, and only to a terminal.
enum Terminal {
    private static let showsProgress = isatty(STDERR_FILENO) == 1

    /// Prints a line in place of the progress.
    static func say(_ line: String) {
        showOnErrors("\r\u{1B}[K")
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    /// Says on one line of the terminal how far the work is.
    static func progress(_ what: String, _ done: Int, of all: Int) {
        showOnErrors("\r\u{1B}[K\(what): \(done) of \(all)")
    }

    /// Says in one line what could not be done.
    static func complain(_ line: String) {
        showOnErrors("\r\u{1B}[K")
        FileHandle.standardError.write(Data(("swprof-coverage: " + line + "\n").utf8))
    }

    private static func showOnErrors(_ text: String) {
        if showsProgress { FileHandle.standardError.write(Data(text.utf8)) }
    }
}
