import ProfileModel

/// A stack without a frame, of a tick in the interpreter's first or last moment.
///
/// pprof has such samples. In every other format they would be a gap or a line without a name, which readers drop; so a frame stands
/// for them there.
extension Profile {
    private static let unseen = Function(name: "<no frame>", qualname: "<no frame>", file: nil, line: 0)

    /// The same with a frame in stacks that have none.
    func namingUnseenStacks() -> Profile {
        guard samples.contains(where: { $0.stack == .empty }) else { return self }
        var named = self
        named.functions.append(Self.unseen)
        named.locations.append(Location(function: FunctionID(functions.count), line: 0))
        let stack = named.stacks.push(LocationID(locations.count), onto: .empty)
        named.inclusive?.functions?.append(samples.reduce(0) { $0 + ($1.stack == .empty ? $1.nanoseconds : 0) })
        named.replace(.empty, by: stack)
        return named
    }

    /// The same without that frame.
    func forgettingUnseenName() -> Profile {
        let names = functions.indices.filter { functions[$0] == Self.unseen }
        guard !names.isEmpty else { return self }
        var unnamed = self
        for place in locations.indices where names.contains(locations[place].function.index) {
            guard let stack = stacks.child(of: .empty, location: LocationID(place)) else { continue }
            unnamed.replace(stack, by: .empty)
        }
        for name in names where name < unnamed.inclusive?.functions?.count ?? 0 {
            unnamed.inclusive?.functions?[name] = 0
        }
        return unnamed
    }

    private mutating func replace(_ stack: StackID, by other: StackID) {
        for at in samples.indices where samples[at].stack == stack { samples[at].stack = other }
    }
}
