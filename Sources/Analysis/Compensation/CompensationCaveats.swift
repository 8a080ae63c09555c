import ProfileModel

/// What a reader of compensated times has to know.
enum CompensationCaveats {
    /// Functions with less of the measured time are in no order worth a word.
    private static let leastShare = 0.01

    /// - Parameters:
    ///   - functions: the one with the most measured self time first.
    ///   - lines: likewise.
    static func caveats(
        _ functions: [FunctionFinding], lines: [LineFinding] = [], _ costs: ProbeCosts?, design: String
    ) -> [Caveat] {
        guard let costs else { return [] }
        if let checks = costs.checks, !checks.improved { return [noBetter(checks, design)] }
        return [notIdentifiable(functions), notIdentifiable(lines), order(functions), stretched(costs, design)]
            .compactMap { $0 }
    }

    private static func noBetter(_ checks: CompensationChecks, _ design: String) -> Caveat {
        let (measured, compensated) = (
            Words.decimals(100 * checks.measured, 1), Words.decimals(100 * checks.compensated, 1)
        )
        return Caveat(
            code: "compensation-off",
            text:
                "Times under `\(design)` are shown as measured, because compensation does not improve them: on \(checks.programs) programs "
                + "with a known answer, measured shares are \(measured) points off and compensated shares \(compensated) points."
        )
    }

    private static func notIdentifiable(_ functions: [FunctionFinding]) -> Caveat? {
        let lost = functions.filter { $0.`self`.isLostInProbes || $0.total.isLostInProbes }
        guard let first = lost.first else { return nil }
        return notIdentifiable(
            lost.count == 1
                ? "`\(first.qualname)`" : "\(lost.count.grouped) functions, `\(first.qualname)` first among them")
    }

    private static func notIdentifiable(_ lines: [LineFinding]) -> Caveat? {
        let lost = lines.filter { $0.`self`.isLostInProbes || $0.total.isLostInProbes }
        guard let first = lost.first else { return nil }
        let place = "line \(first.line) of `\(first.function)`"
        return notIdentifiable(lost.count == 1 ? place : "\(lost.count.grouped) lines, \(place) first among them")
    }

    private static func notIdentifiable(_ whose: String) -> Caveat {
        Caveat(
            code: "not-identifiable",
            text:
                "Tracing overhead may be all of the measured time of \(whose): the compensated time is not identifiable."
        )
    }

    /// Said where the order of the hot functions is another without the probes' costs.
    private static func order(_ functions: [FunctionFinding]) -> Caveat? {
        let hot = functions.filter { ($0.`self`.share ?? 0) >= leastShare && $0.`self`.compensated != nil }
        let seconds = hot.map { $0.`self`.compensated?.seconds ?? 0 }
        guard let place = hot.indices.dropLast().first(where: { seconds[$0] < seconds[$0 + 1] }) else { return nil }
        return Caveat(
            code: "order-may-flip",
            text:
                "`\(hot[place].qualname)` has more measured time than `\(hot[place + 1].qualname)` but less compensated time: tracing "
                + "overhead may decide their order.")
    }

    private static func stretched(_ costs: ProbeCosts, _ design: String) -> Caveat? {
        guard let stretch = costs[.stretch] else { return nil }
        return Caveat(
            code: "stretched-code",
            text:
                "`\(design)` also slows Python code between calls, on average by a factor of \(Words.decimals(stretch, 1)); compensated "
                + "times are divided by it.")
    }
}

extension Estimate {
    fileprivate var isLostInProbes: Bool { compensated.map { !$0.isIdentifiable } ?? false }
}
