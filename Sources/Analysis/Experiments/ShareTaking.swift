import ProfileModel

/// The shares of one run that an experiment keeps.
public enum ShareTaking {
    /// The hottest functions, or lines, by self time, as parts of the time under a function where one is given; none where
    /// that was not seen.
    ///
    /// - Parameter most: how many are kept.
    public static func hottest(_ profile: Profile, lines: Bool, within: String?, most: Int) -> [MeasuredShare] {
        guard let scope = try? Scope(profile, within: within) else { return [] }
        let (shares, places) = tally(profile, scope)
        let found =
            lines
            ? zip(places.lines.keys, shares.estimates(places.lineSelf)).map { key, estimate in
                MeasuredShare(basis: .line, name: "", file: key.file, line: key.line, share: estimate.share ?? 0)
            }
            : zip(places.functions.keys, shares.estimates(places.functionSelf)).map { key, estimate in
                MeasuredShare(
                    basis: .function, name: key.qualname, file: key.file, line: key.line, share: estimate.share ?? 0)
            }
        return Array(found.filter { $0.share > 0 }.sorted { $0.share > $1.share }.prefix(most))
    }

    /// Of functions by bare name, callees included, as parts of the time under another; none where that was not seen.
    public static func total(_ profile: Profile, of names: [String], within: String) -> [MeasuredShare] {
        guard let scope = try? Scope(profile, within: within) else { return [] }
        let (shares, places) = tally(profile, scope)
        let found = zip(places.functions.keys, shares.estimates(places.functionTotal))
        return names.map { name in
            let share = found.reduce(0.0) { $1.0.name == name ? $0 + ($1.1.share ?? 0) : $0 }
            return MeasuredShare(basis: .within, name: name, share: share)
        }
    }

    private static func tally(_ profile: Profile, _ scope: Scope) -> (SummedShares, RunPlaces) {
        (SummedShares(StackLoad(profile, scope, WeightUnit(profile))), RunPlaces(profile))
    }
}
