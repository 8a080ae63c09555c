import ProfileModel

/// The functions and lines of a run, and which stacks are charged to each.
struct RunPlaces {
    let functions: Places<Function>
    let lines: Places<SourceLine>
    let functionSelf: Occupancy
    let functionTotal: Occupancy
    let lineSelf: Occupancy
    let lineTotal: Occupancy

    init(_ profile: Profile) {
        functions = Places(functionsOf: profile)
        lines = Places(linesOf: profile)
        functionSelf = .onTop(profile.stacks, functions.ofLocation, count: functions.keys.count)
        functionTotal = .anywhere(profile.stacks, functions.ofLocation, count: functions.keys.count)
        lineSelf = .onTop(profile.stacks, lines.ofLocation, count: lines.keys.count)
        lineTotal = .anywhere(profile.stacks, lines.ofLocation, count: lines.keys.count)
    }
}
