import ProfileModel

/// What a tracer's probes cost, to and from comments, so that a profile is compensated alike on every machine.
extension PprofComments {
    mutating func add(_ costs: ProbeCosts) {
        add("calibration", [costs.date, String(costs.processes), costs.degreesOfFreedom.description])
        for (row, parameter) in costs.parameters.enumerated() {
            let covariances = costs.covariance[row].prefix(row + 1)
            add("probe", [parameter.rawValue, costs.values[row].description] + covariances.map(\.description))
        }
    }

    /// `nil` where there are none.
    func probeCosts() throws(FormatError) -> ProbeCosts? {
        guard let fields = first("calibration") else { return nil }
        guard fields.count == 3, let processes = Int(fields[1]), let freedom = Double(fields[2]) else {
            throw Self.wrong("calibration")
        }
        var costs = ProbeCosts(
            parameters: [], values: [], covariance: [], degreesOfFreedom: freedom, processes: processes, date: fields[0])
        for fields in entries["probe"] ?? [] { try costs.add(fields) }
        guard costs.isSound else { throw Self.wrong("probe") }
        return costs
    }
}

extension ProbeCosts {
    /// Adds a parameter, and its row and column of the covariance.
    fileprivate mutating func add(_ fields: [String]) throws(FormatError) {
        let numbers = fields.dropFirst().compactMap { Double($0) }
        guard let parameter = fields.first.flatMap(Parameter.init), numbers.count == fields.count - 1,
            numbers.count == parameters.count + 2
        else { throw PprofComments.wrong("probe") }
        parameters.append(parameter)
        values.append(numbers[0])
        for (row, covariance) in numbers.dropFirst().dropLast().enumerated() { self.covariance[row].append(covariance) }
        covariance.append(Array(numbers.dropFirst()))
    }
}
