import CMachine

/// What somebody can do where a file could not be written.
public enum WritingRemedy {
    /// - Parameters:
    ///   - error: an `errno`.
    ///   - usual: what helps where the limit of files' sizes is not what is in the way.
    public static func text(for error: Int32, usual: String) -> String {
        error == EFBIG ? "raise the limit of files' sizes (ulimit -f)" : usual
    }
}
