import Glibc

/// Where the user's own code lies, as far as the command line tells.
public enum OwnPaths {
    /// The program's folder: a script's, or where a module or code is run; with every way in which files there are named.
    ///
    /// - Parameter here: where it is run.
    public static func folders(of source: Program.Source, in here: String = EnvironmentAudit.realPath(".")) -> [String]
    {
        switch source {
        case .module: return [here]
        case .code: return [here, "<string>"]
        case .script("-"): return [here, "<stdin>"]
        case .script(let path):
            let folder = absolute(folder(of: path, in: here), in: here)
            return startsPackages(folder) ? [here] : unique([folder, realFolder(of: path, in: here)])
        }
    }

    /// A path that somebody gave, from the root on, and as it is without links.
    public static func named(_ path: String) -> [String] {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        return unique([absolute(path, in: EnvironmentAudit.realPath(".")), EnvironmentAudit.realPath(path)])
    }

    /// A folder with a `__main__.py` in it can be run, too.
    private static func folder(of script: String, in here: String) -> String {
        var status = stat()
        if stat(absolute(script, in: here), &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return script }
        return script.lastIndex(of: "/").map { String(script[..<$0]) } ?? "."
    }

    /// Python looks for modules beside what a script is a link to.
    private static func realFolder(of script: String, in here: String) -> String {
        folder(of: EnvironmentAudit.realPath(absolute(script, in: here)), in: here)
    }

    /// Whether it is a folder of commands, which only start packages: that of an environment, or the system's.
    private static func startsPackages(_ folder: String) -> Bool {
        access(folder + "/python3", X_OK) == 0 || folder.hasSuffix("/.local/bin")
    }

    private static func absolute(_ path: String, in here: String) -> String {
        path.hasPrefix("/") ? path : path == "." ? here : here + "/" + path
    }

    private static func unique(_ paths: [String]) -> [String] {
        paths.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
