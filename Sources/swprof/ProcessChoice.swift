import ProfileModel

/// Which of a run's processes `--process` names.
enum ProcessChoice {
    private static let mostNamed = 8

    /// The part of a profile that is of the processes of this name or number.
    static func part(of profile: Profile, _ word: String) throws -> Profile {
        guard !profile.processes.isEmpty else {
            throw Ending.usage(
                "this profile is of one process, so --process chooses nothing; profile with swprof run --children")
        }
        let chosen = profile.processes.indices.filter {
            profile.processes[$0].name == word || String(profile.processes[$0].id) == word
        }
        guard !chosen.isEmpty else {
            let names = profile.processes.prefix(mostNamed).map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
            throw Ending.usage(
                "there is no process \(String(reflecting: word)) in this profile; give a name or number of: \(names)")
        }
        return profile.only(processes: Set(chosen))
    }
}
