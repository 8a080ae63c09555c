import Analysis
import FoundationEssentials

/// Shortens paths for people to what tells files apart: own code from the program's folder on, libraries from their
/// package on, the standard library from its module on, and what is long without its middle.
public struct ShortPaths: Sendable {
    public var workingDirectory: String
    public var home: String
    /// Folders whose code is the user's own.
    public var own: [String]
    /// The names that tell the files of a report apart.
    private var names: [String: String] = [:]
    /// Where no file is known, a function without one need not be C's.
    private var hasFiles = true

    /// Longer paths lose their middle.
    private static let longest = 28

    public init(workingDirectory: String, home: String, own: [String] = []) {
        (self.workingDirectory, self.home, self.own) = (workingDirectory, home, own)
    }

    /// As seen by the user of this process.
    public static var here: ShortPaths {
        ShortPaths(
            workingDirectory: FileManager.default.currentDirectoryPath,
            home: ProcessInfo.processInfo.environment["HOME"] ?? "")
    }

    public func callAsFunction(_ path: String) -> String { names[path] ?? text(of: path, more: 0) }

    /// For where somebody is to find a file: with all its folders, from the working folder or the home on.
    func whole(_ path: String) -> String {
        if let rest = rest(of: path, beneath: workingDirectory) { return rest.joined(separator: "/") }
        return rest(of: path, beneath: home).map { "~/" + $0.joined(separator: "/") } ?? path
    }

    /// `sieve.py:4`; `C` for a function that has no file.
    func place(_ file: String?, _ line: Int) -> String {
        guard let file else { return hasFiles ? "C" : "" }
        return line > 0 ? "\(self(file)):\(line)" : self(file)
    }

    /// The same with names that no two of these files share.
    func telling(apart files: Set<String>) -> ShortPaths {
        var paths = self
        paths.hasFiles = !files.isEmpty
        var more: [String: Int] = [:]
        var open = files
        while !open.isEmpty {
            for file in open { paths.names[file] = text(of: file, more: more[file, default: 0]) }
            let alike = Dictionary(grouping: files) { paths.names[$0] ?? $0 }.values.filter { $0.count > 1 }
            open = Set(alike.joined()).filter { paths.names[$0] != $0 }
            for file in open { more[file, default: 0] += 1 }
        }
        return paths
    }

    /// - Parameter more: how many folders of the middle are kept, from the last on; with too many it is the path as it is.
    private func text(of path: String, more: Int) -> String {
        if path.hasPrefix("<") { return more == 0 ? Self.cell(path) ?? path : path }
        let parts = parts(of: path)
        guard more <= parts.count else { return path }
        let whole = parts.joined(separator: "/")
        let end = Self.end(parts) + more
        if end + 1 >= parts.count || more == 0 && whole.columns <= Self.longest { return whole }
        return "\(parts[0])/…/\(parts.suffix(end).joined(separator: "/"))"
    }

    /// How many parts at the end name a module.
    private static func end(_ parts: [String]) -> Int {
        ["__init__.py", "__main__.py"].contains(parts.last) ? 2 : 1
    }

    private func parts(of path: String) -> [String] {
        let all = path.split(separator: "/").map(String.init)
        if let at = all.lastIndex(where: { $0 == "site-packages" || $0 == "dist-packages" }), at + 1 < all.count {
            return Array(all[(at + 1)...])
        }
        if let rest = own.lazy.compactMap({ rest(of: path, beneath: $0) }).first { return rest }
        if let at = CodeOrigin.standardLibrary(all), at + 1 < all.count { return Array(all[(at + 1)...]) }
        if let rest = rest(of: path, beneath: workingDirectory) { return rest }
        if let rest = rest(of: path, beneath: home) { return ["~"] + rest }
        return path.hasPrefix("/") ? ["/" + (all.first ?? "")] + all.dropFirst() : all
    }

    private func rest(of path: String, beneath directory: String) -> [String]? {
        guard directory.count > 1 else { return nil }
        let prefix = directory.hasSuffix("/") ? directory : directory + "/"
        guard path.hasPrefix(prefix) else { return nil }
        return path.dropFirst(prefix.count).split(separator: "/").map(String.init)
    }

    /// `cell 3` of `<ipython-input-3-0a1b2c>`.
    private static func cell(_ path: String) -> String? {
        guard path.hasPrefix("<ipython-input-") else { return nil }
        return "cell " + path.dropFirst("<ipython-input-".count).prefix { $0.isNumber }
    }
}

extension ShortPaths {
    /// With names for the files of a run, own code from the program's folder on.
    func naming(_ findings: RunFindings) -> ShortPaths {
        var paths = self
        paths.own += findings.tree?.own ?? []
        return paths.telling(apart: Set(findings.functions.compactMap(\.file) + findings.lines.map(\.file)))
    }

    /// With names for the files of a comparison.
    func naming(_ findings: CompareFindings) -> ShortPaths {
        telling(apart: Set(findings.designs.flatMap { $0.functions.compactMap(\.file) + $0.lines.map(\.file) }))
    }
}
