import ProfileModel

/// What a tracer's probes cost, to and from comments, so that a profile is compensated alike on every machine.
extension PprofComments {
    mutating func add(_ costs: ProbeCosts) {
        add("calibration", [costs.date, String(costs.processes), costs.degreesOfFreedom.description])
        for (row, parameter) in costs.parameters.enumerated() {
            let covariances = costs.covariance[row].prefix(row + 1)
            add("probe", [parameter.rawValue, costs.values[row].description] + covariances.map(\.description))
        }
        if let checks = costs.checks {
            add(
                "checks",
                [String(checks.programs)]
                    + [checks.measured, checks.compensated, checks.unexplained].map(\.description))
        }
    }

    /// `nil` where there are none.
    func probeCosts() throws(FormatError) -> ProbeCosts? {
        guard let fields = first("calibration") else { return nil }
        guard fields.count == 3, let processes = Int(fields[1]), let freedom = Double(fields[2]) else {
            throw Self.wrong("calibration")
        }
        var costs = ProbeCosts(
            parameters: [], values: [], covariance: [], degreesOfFreedom: freedom, processes: processes, date: fields[0]
        )
        for fields in entries["probe"] ?? [] { try costs.add(fields) }
        costs.checks = try compensationChecks()
        guard costs.isSound else { throw Self.wrong("probe") }
        return costs
    }

    private func compensationChecks() throws(FormatError) -> CompensationChecks? {
        guard let fields = first("checks") else { return nil }
        let errors = fields.dropFirst().compactMap { Double($0) }
        guard let programs = fields.first.flatMap({ Int($0) }), fields.count == 4, errors.count == 3 else {
            throw Self.wrong("checks")
        }
        return CompensationChecks(
            programs: programs, measured: errors[0], compensated: errors[1], unexplained: errors[2])
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
