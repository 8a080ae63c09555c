import ProfileModel

/// How the files of two versions of a program are named so that both have the same ones.
public struct VersionPaths {
    public let old: PortablePaths
    /// The same without new names.
    let oldAsItWas: PortablePaths
    public let new: PortablePaths

    /// - Parameters:
    ///   - renamed: files and folders that have another name in the new version.
    ///   - roots: the versions' own folders, where they are known better than by their profiles.
    public init(
        old: [Profile], new: [Profile], renamed: [RenamedPath] = [], roots: (old: [String], new: [String])? = nil
    ) {
        let folders = roots ?? Self.roots(old, new)
        let (plainOld, plainNew) = (PortablePaths(roots: folders.old), PortablePaths(roots: folders.new))
        let scripts = (old.first?.script.map { plainOld($0) }, new.first?.script.map { plainNew($0) })
        var all = renamed
        // What was run is the program in both, whatever it is called.
        if case (let before?, let after?) = scripts, before != after {
            all.append(RenamedPath(old: before, new: after))
        }
        (self.old, oldAsItWas) = (PortablePaths(roots: folders.old, renamed: all), plainOld)
        self.new = plainNew
    }

    /// The folders of both versions' own code; where one project stands in two folders, those.
    private static func roots(_ old: [Profile], _ new: [Profile]) -> (old: [String], new: [String]) {
        func own(_ profiles: [Profile]) -> [String] {
            profiles.reduce(into: []) { all, profile in
                all += OwnCode(profile).paths.filter { $0.hasPrefix("/") && !all.contains($0) }
            }
        }
        let (before, after) = (own(old), own(new))
        guard let first = before.first, let second = after.first, let projects = projects(first, second) else {
            return (before, after)
        }
        return ([projects.old] + outside(projects.old, before), [projects.new] + outside(projects.new, after))
    }

    /// What two folders are called without the folders at their ends that have the same names.
    private static func projects(_ old: String, _ new: String) -> (old: String, new: String)? {
        guard old != new else { return nil }
        var (before, after) = (old.split(separator: "/"), new.split(separator: "/"))
        while let last = before.last, last == after.last, before.count > 1, after.count > 1 {
            before.removeLast()
            after.removeLast()
        }
        return ("/" + before.joined(separator: "/"), "/" + after.joined(separator: "/"))
    }

    private static func outside(_ folder: String, _ paths: [String]) -> [String] {
        paths.filter { $0 != folder && !$0.hasPrefix(folder + "/") }
    }
}

extension Profile {
    /// The file of the script that was run, as its functions name it; `nil` where there is none.
    fileprivate var script: String? {
        guard let name = program.first?.split(separator: "/").last else { return nil }
        return functions.lazy.filter { $0.name == "<module>" }.compactMap(\.file).first {
            $0.split(separator: "/").last == name
        }
    }
}
