/// Gives equal functions and equal locations one handle each while a profile is being built.
public struct SymbolInterning: Sendable {
    public private(set) var functions: [Function] = []
    public private(set) var locations: [Location] = []
    private var functionIDs: [Function: FunctionID] = [:]
    private var locationIDs: [Location: LocationID] = [:]

    public init() {}

    public mutating func intern(_ function: Function) -> FunctionID {
        if let known = functionIDs[function] { return known }
        let new = FunctionID(functions.count)
        functions.append(function)
        functionIDs[function] = new
        return new
    }

    public mutating func intern(_ location: Location) -> LocationID {
        if let known = locationIDs[location] { return known }
        let new = LocationID(locations.count)
        locations.append(location)
        locationIDs[location] = new
        return new
    }

    public mutating func intern(_ function: Function, line: Int) -> LocationID {
        intern(Location(function: intern(function), line: line))
    }
}
