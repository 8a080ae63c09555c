import Running

extension Design {
    /// The designs that `--designs` names, separated by commas.
    static func chosen(_ list: String) throws -> [Design] {
        let names = list.split(separator: ",").map(String.init)
        let chosen = try names.map { name in
            guard let design = Design.allCases.first(where: { $0.rawValue == name }) else {
                let known = Design.allCases.map(\.rawValue).joined(separator: ", ")
                throw Ending.usage("there is no design '\(name)'; --designs takes some of: \(known)")
            }
            return design
        }
        guard !chosen.isEmpty, Set(names).count == names.count else {
            throw Ending.usage("--designs wants each design once, such as --designs setprofile,signal")
        }
        return chosen
    }
}
