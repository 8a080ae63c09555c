import ProfileModel

/// Times with callees, to and from a comment: whether all times are, then, where they are told, one a function.
enum PprofInclusive {
    static func fields(of times: InclusiveTimes) -> [String] {
        [times.includeAll ? "all" : "functions"]
            + (times.functions.map { ["told"] + $0.map(\.description) } ?? ["untold"])
    }

    static func times(of fields: [String]) throws(FormatError) -> InclusiveTimes {
        let numbers = fields.dropFirst(2).compactMap(Int64.init).filter { $0 >= 0 }
        guard fields.count >= 2, ["all", "functions"].contains(fields[0]), ["told", "untold"].contains(fields[1]),
            numbers.count == fields.count - 2
        else { throw PprofComments.wrong("inclusive") }
        return InclusiveTimes(functions: fields[1] == "told" ? numbers : nil, includeAll: fields[0] == "all")
    }
}
