/// Names files so that two checkouts of one project, or two environments with one package, have the same names.
///
/// A file below the project's folder is named from there on, one of an installed package from `site-packages` on, and one of the
/// standard library from its folder on. All other files have their own names. Files and folders that were renamed since have
/// their new names.
public struct PortablePaths: Sendable {
    /// The project's folders, the longest first.
    private let roots: [String]
    private let renamed: [RenamedPath]

    public init(roots: [String], renamed: [RenamedPath] = []) {
        self.roots = roots.map { $0.hasSuffix("/") ? $0 : $0 + "/" }.sorted { $0.utf8.count > $1.utf8.count }
        self.renamed = renamed
    }

    func callAsFunction(_ file: String) -> String {
        let name = installed(file) ?? rest(file).map(String.init) ?? file
        return renamed.lazy.compactMap { $0.newName(of: name) ?? $0.newName(of: file) }.first ?? name
    }

    /// Whether a file is the project's own: below its folder, and not installed there.
    public func owns(_ file: String) -> Bool { rest(file) != nil && CodeOrigin.installed(file) == nil }

    private func rest(_ file: String) -> Substring? {
        roots.first(where: file.hasPrefix).map { file.dropFirst($0.count) }
    }

    private func installed(_ file: String) -> String? {
        guard let origin = CodeOrigin.installed(file) else { return nil }
        let parts = file.split(separator: "/")
        if case .standardLibrary = origin, let at = CodeOrigin.standardLibrary(parts) {
            return (["lib", "python3"] + parts[(at + 1)...]).joined(separator: "/")
        }
        let at = parts.lastIndex { $0 == "site-packages" || $0 == "dist-packages" }
        return at.map { (["site-packages"] + parts[($0 + 1)...]).joined(separator: "/") }
    }
}
