import ProfileModel

/// The part of a run that all shares are parts of: the whole, or the time under one function.
struct Scope {
    let within: String?
    /// For every stack of the profile's table whether it belongs.
    let holds: [Bool]

    /// A scope whose stacks are known.
    init(within: String?, holds: [Bool]) {
        (self.within, self.holds) = (within, holds)
    }

    init(wholeOf profile: Profile) {
        within = nil
        holds = Self.all(profile)
    }

    /// Throws where no sample has a function of that bare or qualified name on its stack.
    init(_ profile: Profile, within name: String?) throws(AnalysisError) {
        within = name
        guard let name else {
            holds = Self.all(profile)
            return
        }
        guard profile.inclusive == nil else {
            throw AnalysisError(
                "the profile has no whole stacks, so what ran under a function is unknown: leave out --within")
        }
        holds = Self.stacks(of: profile, under: name)
        for sample in profile.samples where holds[sample.stack.index] { return }
        throw AnalysisError(
            "no sample has a function named \(String(reflecting: name)) on its stack: "
                + "give --within a function's name as the report prints it")
    }

    private static func all(_ profile: Profile) -> [Bool] { Array(repeating: true, count: profile.stacks.count) }

    private static func stacks(of profile: Profile, under name: String) -> [Bool] {
        let named = profile.functions.map { $0.name == name || $0.qualname == name }
        var holds = Array(repeating: false, count: profile.stacks.count)
        for stack in holds.indices.dropFirst() {
            let location = profile.stacks.locations[stack]
            holds[stack] =
                holds[Int(profile.stacks.parents[stack])]
                || named[profile.locations[location.index].function.index]
        }
        return holds
    }
}
