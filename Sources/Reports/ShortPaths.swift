import FoundationEssentials

/// Shortens paths for people: relative beneath the working directory, `~` beneath the home.
public struct ShortPaths: Sendable {
    public var workingDirectory: String
    public var home: String

    public init(workingDirectory: String, home: String) {
        self.workingDirectory = workingDirectory
        self.home = home
    }

    /// As seen by the user of this process.
    public static var here: ShortPaths {
        ShortPaths(
            workingDirectory: FileManager.default.currentDirectoryPath,
            home: ProcessInfo.processInfo.environment["HOME"] ?? "")
    }

    public func callAsFunction(_ path: String) -> String {
        if let rest = rest(of: path, beneath: workingDirectory) { return rest }
        if let library = path.ranges(of: "/site-packages/").last {
            return "…/" + path[library.upperBound...]
        }
        if let rest = rest(of: path, beneath: home) { return "~/" + rest }
        return path
    }

    private func rest(of path: String, beneath directory: String) -> String? {
        guard directory.count > 1 else { return nil }
        let prefix = directory.hasSuffix("/") ? directory : directory + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    /// `sieve.py:4`; `C` for a function that has no file.
    func place(_ file: String?, _ line: Int) -> String {
        guard let file else { return "C" }
        return line > 0 ? "\(self(file)):\(line)" : self(file)
    }
}
