import ProfileModel

/// A line of a source file.
public struct SourceLine: Hashable, Sendable, Comparable {
    public var file: String
    public var line: Int
    /// Whether it was seen in the version before alone: its number is the old file's.
    public var isOnlyBefore = false

    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// A line that is not known, of a function: one for each. Its number is none of a file.
    static func somewhere(in function: Function) -> SourceLine {
        SourceLine(file: function.file ?? "", line: -function.line)
    }

    public static func < (a: Self, b: Self) -> Bool {
        (a.file, a.line, a.isOnlyBefore ? 1 : 0) < (b.file, b.line, b.isOnlyBefore ? 1 : 0)
    }
}

extension Profile {
    /// By line, the outermost function that it is in: a property of the source, so that no run's chance decides it.
    var functionOfLine: [SourceLine: Function] {
        var functions: [SourceLine: Function] = [:]
        for location in locations where location.line > 0 {
            let function = self.functions[location.function.index]
            guard let file = function.file else { continue }
            let line = SourceLine(file: file, line: location.line)
            functions[line] = functions[line].map { $0.outer(function) } ?? function
        }
        return functions
    }
}

extension Function {
    /// The one of two functions on a line that it is part of: the named one around, not the comprehension in it.
    func outer(_ other: Function) -> Function { other.depth < depth ? other : self }

    /// A function with a name comes before a module, whose statement only makes it, and that before what has none.
    private var depth: (Int, Int, String) { (name == "<module>" ? 1 : name.hasPrefix("<") ? 2 : 0, line, qualname) }
}
