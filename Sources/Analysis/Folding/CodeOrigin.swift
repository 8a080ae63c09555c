import ProfileModel

/// Whose code a function is.
public enum CodeOrigin: Hashable, Sendable {
    /// The user's.
    case own
    /// Installed or made by a library, with the name of its top-level package.
    case library(String)
    /// Python's, with the name of its top-level module.
    case standardLibrary(String)
    /// Written in C.
    case c

    /// The package or module; `nil` of own code and of C.
    var package: String? {
        switch self {
        case .library(let name), .standardLibrary(let name): name
        case .own, .c: nil
        }
    }

    /// Of a file that is not the user's own, told by where it lies; `nil` is the file of C code.
    public init(notOwn file: String?) {
        guard let file else {
            self = .c
            return
        }
        if let module = Self.frozenModule(file) {
            self = .standardLibrary(module)
        } else if Self.isText(file) {
            self = .library("generated code")
        } else {
            self = Self.installed(file) ?? .library(Self.folderName(of: file))
        }
    }

    /// Whether a code object's file name is that of a text, such as `<string>` or none, and not of a module.
    static func isText(_ file: String) -> Bool { file.isEmpty || file.hasPrefix("<") && frozenModule(file) == nil }

    /// The module of `<frozen importlib._bootstrap>`: `importlib`.
    private static func frozenModule(_ file: String) -> String? {
        guard file.hasPrefix("<frozen ") else { return nil }
        return String(file.dropFirst("<frozen ".count).prefix { $0 != "." && $0 != ">" })
    }

    /// Of a file in `site-packages`, `dist-packages` or the standard library's folder; `nil` where it is in none.
    static func installed(_ file: String) -> CodeOrigin? {
        let parts = file.split(separator: "/")
        if let at = parts.lastIndex(where: { $0 == "site-packages" || $0 == "dist-packages" }), at + 1 < parts.count {
            return .library(module(parts[at + 1]))
        }
        guard let at = standardLibrary(parts), at + 1 < parts.count else { return nil }
        return .standardLibrary(module(parts[at + 1]))
    }

    /// Which part of a path is a folder such as `lib/python3.11`.
    public static func standardLibrary(_ parts: [some StringProtocol]) -> Int? {
        parts.indices.dropFirst().first { at in
            parts[at].hasPrefix("python3.") && parts[at].dropFirst(8).allSatisfy { $0.isNumber || $0 == "t" }
                && parts[at - 1].hasPrefix("lib")
        }
    }

    private static func module(_ part: Substring) -> String {
        String(part.hasSuffix(".py") ? part.dropLast(3) : part)
    }

    private static func folderName(of file: String) -> String {
        let parts = file.split(separator: "/").filter { $0 != ".." && $0 != "." }
        return module(parts.dropLast().last ?? parts.last ?? "")
    }
}
