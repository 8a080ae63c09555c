import ProfileFormats
import ProfileModel

/// The source of profiles that do not say what stood on their lines.
enum SourceAtHand {
    /// Reads it where each version stands in files of its own: of one file that was edited, nobody knows which version it is.
    static func marked(_ profiles: [(name: String, profile: Profile)]) -> [(name: String, profile: Profile)] {
        guard profiles.contains(where: { $0.profile.marks.isEmpty }) else { return profiles }
        let source = FileSourceText()
        var count: [String: Int] = [:]
        for (_, profile) in profiles {
            for file in Set(profile.functions.compactMap(\.file)) { count[file, default: 0] += 1 }
        }
        return profiles.map { name, profile in
            (name, profile.marks.isEmpty ? profile.marked(by: source) { count[$0] == 1 } : profile)
        }
    }
}
