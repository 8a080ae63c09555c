/// Where a report gets the text of the program's source files from.
public protocol SourceText: Sendable {
    /// The lines of a file without their ends, or `nil` where it cannot or should not be shown.
    func lines(of file: String) -> [String]?
}

extension SourceText {
    /// One line of a file, 1-based.
    public func line(_ number: Int, of file: String) -> String? {
        guard number > 0, let lines = lines(of: file), number <= lines.count else { return nil }
        return lines[number - 1]
    }
}
