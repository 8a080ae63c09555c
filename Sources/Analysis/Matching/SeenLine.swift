import ProfileModel

/// A line that was seen in one version of a program, with all by which it may be found in another.
struct SeenLine: Hashable, Comparable {
    var line: SourceLine
    /// From the first line of its function on.
    var offset: Int
    /// `nil` where the source was not at hand.
    var mark: LineMark?

    static func < (a: Self, b: Self) -> Bool { a.line < b.line }
}
