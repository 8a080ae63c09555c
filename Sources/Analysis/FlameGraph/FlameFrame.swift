import ProfileModel

/// A function as a frame of a flame graph.
public struct FlameFrame: Hashable, Sendable {
    /// Whose code it is, or what its thread did.
    public enum Kind: Int, Sendable, CaseIterable {
        case own, library, standardLibrary, c
        /// The import system.
        case imports
        /// Its thread waited in it.
        case waiting
    }

    public var function: Function
    public var kind: Kind

    public init(_ function: Function, _ kind: Kind) { (self.function, self.kind) = (function, kind) }

    /// All that importing modules takes.
    static let imports = FlameFrame(Function(name: "imports", qualname: "imports", file: nil, line: 0), .imports)

    /// What waits where it is not known in which function.
    static let waiting = FlameFrame(Function(name: "waiting", qualname: "waiting", file: nil, line: 0), .waiting)
}

extension OwnCode {
    func kind(of function: Function) -> FlameFrame.Kind {
        if function.isImporting { return .imports }
        return switch origin(of: function.file) {
        case .own: .own
        case .library: .library
        case .standardLibrary: .standardLibrary
        case .c: function.qualname == Function.lockWait ? .waiting : .c
        }
    }
}
