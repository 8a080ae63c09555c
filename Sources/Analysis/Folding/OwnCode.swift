import ProfileModel

/// Tells the user's own code from all other, by where files lie.
struct OwnCode {
    /// Folders and files whose code is the user's own.
    private(set) var paths: [String]
    /// The package that counts as own where nothing else that ran is.
    private(set) var standIn: String?
    /// Whether the profile is swprof's, which says whose the program's folder is.
    private let knowsFolders: Bool
    /// Whether any file is known: where none is, C is not told from the user's code.
    private let hasFiles: Bool

    /// As the profile says; where it says nothing, the folder of the outermost file that nobody installed is the program's.
    ///
    /// Where no own code ran, as with `-m black`, the installed package that has most of the time stands in for it.
    init(_ profile: Profile) {
        knowsFolders = !profile.own.isEmpty
        hasFiles = profile.functions.contains { $0.file != nil }
        paths = profile.own.isEmpty ? [Self.likelyFolder(profile)].compactMap { $0 } : profile.own
        let places = origins(profile)
        guard !profile.hasSamples(at: places.map { $0 == .own }), let heaviest = Self.heaviestPackage(profile, places)
        else { return }
        standIn = heaviest.name
        paths.append(heaviest.path)
    }

    /// Of each function; a file, of which there may be many functions, is looked at once.
    func origins(_ profile: Profile) -> [CodeOrigin] {
        var ofFile: [String?: CodeOrigin] = [:]
        return profile.functions.map { function in
            if let known = ofFile[function.file] { return known }
            let origin = origin(of: function.file)
            ofFile[function.file] = origin
            return origin
        }
    }

    func origin(of file: String?) -> CodeOrigin {
        guard let file else { return hasFiles ? .c : .own }
        if Self.isCell(file) || knowsFolders && Self.isRelative(file) || paths.contains(where: { Self.owns($0, file) })
        {
            return .own
        }
        return CodeOrigin(notOwn: file)
    }

    /// The code of a notebook's cell, or what was typed at a prompt.
    private static func isCell(_ file: String) -> Bool {
        file.hasPrefix("<ipython-input-") || file.contains("/ipykernel_") || file == "<stdin>"
    }

    /// Code that a program compiles itself may be named by a path from its folder on; modules' paths are whole.
    private static func isRelative(_ file: String) -> Bool {
        !file.hasPrefix("/") && !file.hasPrefix("../") && !file.hasPrefix("<") && !file.isEmpty
            && CodeOrigin.installed("/" + file) == nil
    }

    /// A folder owns what lies beneath it, but for what is installed there and for commands that only start a package.
    private static func owns(_ path: String, _ file: String) -> Bool {
        if path == file { return true }
        let folder = path.hasSuffix("/") ? path : path + "/"
        guard file.hasPrefix(folder) else { return false }
        let rest = "/" + file.dropFirst(folder.count)
        return CodeOrigin.installed(rest) == nil && !(rest.contains("/bin/") && !rest.hasSuffix(".py"))
    }

    private static func likelyFolder(_ profile: Profile) -> String? {
        for location in profile.stacks.locations.dropFirst() {
            guard let file = profile.function(at: location).file, file.hasPrefix("/"), CodeOrigin.installed(file) == nil
            else { continue }
            return String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
        }
        return nil
    }

    /// One that is hardly there, such as what is run as the interpreter starts, is not what is looked for.
    private static let leastPart = 0.05

    /// The outermost installed package of most samples, and its folder or file.
    private static func heaviestPackage(_ profile: Profile, _ origins: [CodeOrigin]) -> (name: String, path: String)? {
        var file: [String?] = [nil]
        for stack in profile.stacks.parents.indices.dropFirst() {
            let function = profile.locations[profile.stacks.locations[stack].index].function.index
            let installed = profile.functions[function].file.flatMap { packagePath($0) == nil ? nil : $0 }
            file.append(file[Int(profile.stacks.parents[stack])] ?? installed)
        }
        var count: [String: Int] = [:]
        for sample in profile.samples {
            if let path = file[sample.stack.index].flatMap(packagePath) { count[path, default: 0] += 1 }
        }
        guard let (path, most) = count.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
            Double(most) >= leastPart * Double(profile.samples.count)
        else { return nil }
        return CodeOrigin.installed(path)?.package.map { ($0, path) }
    }

    /// The folder of a package in `site-packages`, or its only file.
    private static func packagePath(_ file: String) -> String? {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        guard let at = parts.lastIndex(where: { $0 == "site-packages" || $0 == "dist-packages" }), at + 1 < parts.count
        else { return nil }
        return parts[...(at + 1)].joined(separator: "/")
    }
}

extension Profile {
    /// Whether any sample has one of these functions on its stack.
    fileprivate func hasSamples(at isMeant: [Bool]) -> Bool {
        var has = [false]
        for stack in stacks.parents.indices.dropFirst() {
            let isOne = isMeant[locations[stacks.locations[stack].index].function.index]
            has.append(isOne || has[Int(stacks.parents[stack])])
        }
        return samples.contains { has[$0.stack.index] }
    }
}
