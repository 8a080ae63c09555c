import Running

extension Design {
    /// The designs that `--designs` names, separated by commas.
    ///
    /// - Parameter interpreter: reads the files of those that are written in Python.
    static func chosen(_ list: String, by interpreter: Interpreter) async throws -> [Design] {
        var designs: [Design] = []
        for design in try chosen(list) { designs.append(try await design.declared(by: interpreter)) }
        return designs
    }

    private static func chosen(_ list: String) throws -> [Design] {
        let names = list.split(separator: ",").map(String.init)
        let chosen = try names.map { name in
            guard let design = DesignArgument(argument: name)?.design else {
                let known = Design.allCases.map(\.rawValue).joined(separator: ", ")
                throw Ending.usage("there is no design '\(name)'; --designs takes some of: \(known), or FILE.py:NAME")
            }
            return design
        }
        guard !chosen.isEmpty, Set(names).count == names.count else {
            throw Ending.usage("--designs wants each design once, such as --designs setprofile,signal")
        }
        return chosen
    }
}
