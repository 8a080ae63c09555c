import ProfileModel

/// Which of a file's profiles are read: each is a thread's, but for those of tools that write several of the same time.
///
/// austin2speedscope writes one for each thread and each thing that austin measured, and names it after both.
struct SpeedscopeChoice {
    static let austin = "austin"
    private static let prefixes = ["wall": "Wall time profile for ", "cpu": "CPU time profile for "]
    /// Each of their profiles is known to be a thread's.
    private static let ofThreads = ["py-spy", "swprof", austin]

    /// Of the names that are taken, and of those that are not; all are taken where it is `nil`.
    private let prefix: String?
    private let name: String?
    let isCPU: Bool
    private(set) var caveat: Caveat?

    /// The tool's name, by what the file says of its exporter.
    static func tool(_ exporter: String?) -> String {
        let name = String((exporter ?? "speedscope").prefix { $0 != "@" })
        return name.hasPrefix("Austin2Speedscope") ? austin : name
    }

    /// - Parameters:
    ///   - names: of the file's profiles.
    ///   - type: of austin's `wall` or `cpu`; of others the name of the one that is wanted.
    init(tool: String, names: [String], type: String?) throws(FormatError) {
        let types = tool == Self.austin ? AustinMode.types.filter { type in Self.has(names, type) } : names
        if let type, !types.contains(type) {
            let listed = types.prefix(9).map { "'\($0)'" }.joined(separator: ", ")
            throw FormatError(
                "the file has no profile '\(type)'",
                remedy: types.isEmpty ? "leave out --type" : "with --type, name one of: \(listed)")
        }
        let time = tool == Self.austin ? type ?? types.first : nil
        (prefix, isCPU) = (time.flatMap { Self.prefixes[$0] }, time == "cpu")
        name = tool == Self.austin ? nil : type
        if let time, types.count > 1 {
            caveat = AustinMode.caveat(time)
        } else if type == nil, names.count > 1, !Self.ofThreads.contains(tool) {
            caveat = Caveat(
                code: "several-profiles",
                text:
                    "the file has \(names.count) profiles, each taken for a thread whose time is its own; --type takes one by its name"
            )
        }
    }

    /// What is no time is taken as well, and then said to be left out.
    func takes(_ name: String) -> Bool {
        if let wanted = self.name { return name == wanted }
        guard let prefix else { return true }
        return name.hasPrefix(prefix) || !Self.prefixes.values.contains(where: name.hasPrefix)
    }

    func title(of name: String) -> String {
        guard let prefix, name.hasPrefix(prefix) else { return name }
        return String(name.dropFirst(prefix.count))
    }

    private static func has(_ names: [String], _ type: String) -> Bool {
        prefixes[type].map { prefix in names.contains { $0.hasPrefix(prefix) } } ?? false
    }
}
