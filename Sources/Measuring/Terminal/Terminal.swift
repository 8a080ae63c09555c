import Glibc

/// Unbuffered writing: results to standard output, also into a pipe at once; progress to standard error, and only to a terminal.
public enum Terminal {
    public static let showsProgress = isatty(STDERR_FILENO) == 1 && !isDumb

    /// Whether a descriptor is a terminal that shows colours, and nobody asked for none (no-color.org).
    public static func takesColors(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && !isDumb && (value("NO_COLOR") ?? "").isEmpty
    }

    /// Such a terminal shows escape sequences as text.
    private static var isDumb: Bool { value("TERM") == "dumb" }

    private static func value(_ variable: String) -> String? { getenv(variable).map { String(cString: $0) } }

    /// Prints a line of results in place of the progress.
    public static func say(_ line: String) {
        show("")
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// Says in one line what could not be done.
    public static func complain(_ line: String) {
        show("")
        write(line + "\n", to: STDERR_FILENO)
    }

    /// Says on one line how far the work is; with nothing, takes that line back.
    public static func show(_ progress: String) {
        if showsProgress { write("\r\u{1B}[K" + progress, to: STDERR_FILENO) }
    }

    public static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written <= 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, written))
        }
    }
}
