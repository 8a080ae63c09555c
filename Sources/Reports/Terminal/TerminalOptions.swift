/// What a terminal report shows, and how.
public struct TerminalOptions: Sendable {
    /// What a run's table has a row for.
    public enum View: String, Sendable, CaseIterable {
        case function, line, stack, thread, opcode
    }

    /// The most rows of a table.
    public var top: Int
    public var by: View
    public var colors: Bool
    /// Columns of the terminal.
    public var width: Int
    public var paths: ShortPaths

    public init(
        top: Int = 20, by: View = .function, colors: Bool = false, width: Int = 100, paths: ShortPaths = .here
    ) {
        self.top = max(1, top)
        self.by = by
        self.colors = colors
        self.width = width
        self.paths = paths
    }
}
