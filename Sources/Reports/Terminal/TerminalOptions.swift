/// What a terminal report shows, and how.
public struct TerminalOptions: Sendable {
    /// What a run's table has a row for.
    public enum View: String, Sendable, CaseIterable {
        case tree, function, line, stack, thread, task, process, opcode
    }

    /// What functions and lines are listed by, the greatest first.
    public enum Sort: String, Sendable, CaseIterable {
        case own = "self"
        case total
    }

    /// The most rows of a table that were asked for.
    public var top: Int?
    public var by: View
    public var sort: Sort
    public var colors: Bool
    /// Columns of the terminal.
    public var width: Int
    public var paths: ShortPaths

    public init(
        top: Int? = nil, by: View = .tree, sort: Sort = .own, colors: Bool = false, width: Int = 100,
        paths: ShortPaths = .here
    ) {
        self.top = top
        self.by = by
        self.sort = sort
        self.colors = colors
        self.width = width
        self.paths = paths
    }

    /// The most rows of a table.
    var rows: Int { max(1, top ?? 20) }
}
