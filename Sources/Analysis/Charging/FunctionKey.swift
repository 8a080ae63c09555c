import ProfileModel

/// A Python function as two profiles can agree on it: file, first line and bare name.
public struct FunctionKey: Hashable, Sendable, Comparable {
    public var file: String
    public var line: Int
    public var name: String

    public init(file: String, line: Int, name: String) {
        self.file = file
        self.line = line
        self.name = name
    }

    /// `nil` for a C function.
    init?(_ function: Function) {
        guard let file = function.file else { return nil }
        self.init(file: file, line: function.line, name: function.name)
    }

    public static func < (a: Self, b: Self) -> Bool {
        (a.file, a.line, a.name) < (b.file, b.line, b.name)
    }
}
