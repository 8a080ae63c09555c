import ProfileModel

/// The functions and lines of a run, and which stacks are charged to each.
struct RunPlaces {
    let functions: Places<Function>
    let lines: Places<SourceLine>
    let functionTotal: Charge
    let lineTotal: Charge

    init(_ profile: Profile) {
        functions = Places(functionsOf: profile)
        lines = Places(linesOf: profile)
        functionTotal = functions.total(profile.stacks)
        lineTotal = lines.total(profile.stacks)
    }

    var functionSelf: Charge { functions.own }
    var lineSelf: Charge { lines.own }
}
