import ProfileModel

extension Profile {
    /// The same samples with their stacks replaced by one place each that they know and their stacks do not.
    ///
    /// What is not in scope stays out; a sample without such a place stays, and is at none. So places of any kind, such as
    /// instructions, are charged, with intervals, as functions are.
    ///
    /// - Parameters:
    ///   - names: of all places.
    ///   - name: that of a sample's.
    func onPlaces(_ names: [String], in scope: Scope, _ name: (Sample) -> String?) -> Profile {
        var profile = self
        var stacks: [String: StackID] = [:]
        profile.stacks = StackTable()
        profile.functions = names.map { Function(name: $0, qualname: $0, file: nil, line: 0) }
        profile.locations = names.indices.map { Location(function: FunctionID($0), line: 0) }
        for (index, name) in names.enumerated() { stacks[name] = profile.stacks.push(LocationID(index), onto: .empty) }
        profile.samples = samples.filter { scope.holds[$0.stack.index] }
        for index in profile.samples.indices {
            profile.samples[index].stack = name(profile.samples[index]).flatMap { stacks[$0] } ?? .empty
        }
        return profile
    }
}
