import ProfileModel

/// The symbols of a timeline: `nil` where they are not what they should be.
extension PackedReading {
    mutating func functions() -> [Function]? {
        guard let count = count() else { return nil }
        var functions: [Function] = []
        for _ in 0..<count {
            guard let isPython = index(below: 2), let line = index(below: .max), let name = text(),
                let qualname = text()
            else { return nil }
            var file: String?
            if isPython == 1 {
                guard let named = text() else { return nil }
                file = named
            }
            functions.append(Function(name: name, qualname: qualname, file: file, line: line))
        }
        return functions
    }

    mutating func locations(functions: Int) -> [Location]? {
        guard let count = count() else { return nil }
        var locations: [Location] = []
        for _ in 0..<count {
            guard let function = index(below: functions), let line = index(below: .max) else { return nil }
            locations.append(Location(function: FunctionID(function), line: line))
        }
        return locations
    }

    mutating func stacks(locations: Int) -> StackTable? {
        guard let count = number(), count > 0, count <= UInt64(Int32.max) else { return nil }
        var stacks = StackTable()
        for stack in 1..<max(1, Int(count)) {
            guard let parent = index(below: stack), let location = index(below: locations),
                stacks.push(LocationID(location), onto: StackID(parent)).index == stack
            else { return nil }
        }
        return stacks
    }
}
