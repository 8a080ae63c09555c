/// Source files as they were when a profile was taken: of one that says something else by now, nothing.
public struct UnchangedSource<Source: SourceText>: SourceText {
    private let source: Source
    /// Files of the profile that are not what they were, by their paths.
    public let changed: Set<String>

    public init(_ source: Source, of profile: Profile) {
        self.source = source
        changed = Set(
            profile.marks.filter { file, marks in
                guard let lines = source.lines(of: file) else { return false }
                return marks.contains { number, mark in LineMark(of: number, in: lines)?.text != mark.text }
            }.keys)
    }

    public func lines(of file: String) -> [String]? { changed.contains(file) ? nil : source.lines(of: file) }

    public var caveat: Caveat? {
        guard let first = changed.min() else { return nil }
        let others = changed.count > 1 ? " and \(changed.count - 1) more" : ""
        return Caveat(
            code: "source-changed",
            text:
                "\(first)\(others) changed after the profile was taken: no source is shown, and line numbers are those of "
                + "then.")
    }
}
