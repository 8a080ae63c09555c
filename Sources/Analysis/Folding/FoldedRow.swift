/// A row of the call tree in which library code is folded into the own line that called it.
public struct FoldedRow: Encodable, Sendable, Equatable {
    public enum Kind: String, Encodable, Sendable {
        /// An own function.
        case function
        /// What an own line calls that is not own: `name` and `package` say what, `file` and `line` from where.
        case call
        case imports
        case waiting
        /// Code that no own line called.
        case elsewhere
    }

    public var kind: Kind
    /// How many rows stand above it on its path.
    public var depth: Int
    /// The qualified name of a function, own or called.
    public var name: String
    /// Where an own function begins, or the own line that calls or waits; line 0 where only its function is known.
    @ExplicitNull public var file: String?
    public var line: Int
    /// The package or module of what is called; null of own code and of C.
    @ExplicitNull public var package: String?
    public var total: Estimate

    public init(
        _ kind: Kind, depth: Int, name: String = "", file: String? = nil, line: Int = 0, package: String? = nil,
        total: Estimate
    ) {
        self.kind = kind
        self.depth = depth
        self.name = name
        self.file = file
        self.line = line
        self.package = package
        self.total = total
    }
}

extension FoldedRow {
    /// `nil` for what is no row: the ends of stacks, and what is not in scope.
    init?(_ place: FoldedPlace, depth: Int, package: (String?) -> String?, total: Estimate) {
        switch place {
        case .function(let function):
            self.init(
                .function, depth: depth, name: function.qualname, file: function.file, line: function.line, total: total
            )
        case .call(let line, let callee):
            self.init(
                .call, depth: depth, name: callee.qualname, file: line.file, line: max(0, line.line),
                package: package(callee.file), total: total)
        case .imports: self.init(.imports, depth: depth, name: "imports", total: total)
        case .waiting(let line):
            self.init(
                .waiting, depth: depth, name: "waiting", file: line?.file, line: max(0, line?.line ?? 0), total: total)
        case .elsewhere(let origin):
            self.init(.elsewhere, depth: depth, name: "no own code", package: origin.package, total: total)
        case .part, .outOfScope: return nil
        }
    }
}
