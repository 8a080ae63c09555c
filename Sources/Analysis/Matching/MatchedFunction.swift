import ProfileModel

/// A Python function by what stays when a program is edited or moved: its file within the program, and its qualified name.
public struct MatchedFunction: Hashable, Sendable, Comparable {
    /// As `PortablePaths` names it.
    public var file: String
    public var qualname: String

    public init(file: String, qualname: String) { (self.file, self.qualname) = (file, qualname) }

    public static func < (a: Self, b: Self) -> Bool { (a.file, a.qualname) < (b.file, b.qualname) }

    /// The qualified name's last part.
    public var name: String { Function(qualified: qualname, file: file, line: 0).name }
}
